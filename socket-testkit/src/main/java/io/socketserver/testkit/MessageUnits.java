package io.socketserver.testkit;

import io.socketserver.api.FramingException;
import io.socketserver.api.framing.Decoder;
import io.socketserver.api.framing.Framing;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Messages, cut out of a stream by a framing. */
final class MessageUnits implements Units {

    private final Framing framing;
    private final Decoder decoder;

    MessageUnits(Framing framing) {
        this.framing = framing;
        decoder = framing.decoder();
    }

    @Override
    public byte[] encode(byte[] said) {
        ByteBuffer frame = ByteBuffer.allocate(framing.frameLength(said.length));
        framing.encode(ByteBuffer.wrap(said), frame);
        return frame.array();
    }

    @Override
    public @Nullable Unit next(byte[] unread, int expected, boolean over) {
        ByteBuffer input = ByteBuffer.wrap(unread);
        ByteBuffer message = input.duplicate();
        try {
            if (decoder.next(input, message) || (over && decoder.last(input, message))) {
                byte[] bytes = new byte[message.remaining()];
                message.get(bytes);
                return new Unit(bytes, input.position());
            }
            return null;
        } catch (FramingException e) {
            throw new AssertionError(
                    "what the handler has sent is no message: " + e.getMessage() + "\nit has sent "
                            + Literal.brief(unread),
                    e);
        }
    }

    @Override
    public int needed(byte[] unread, int expected) {
        return unread.length + decoder.needed();
    }
}
