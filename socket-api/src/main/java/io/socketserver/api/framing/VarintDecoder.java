package io.socketserver.api.framing;

import io.socketserver.api.FramingException;
import java.nio.ByteBuffer;

/** Finds messages behind a variable-length prefix; remembers what it has read of that. */
final class VarintDecoder extends Decoder {

    private final Varint framing;
    private int width;
    private long length;
    private boolean complete;

    VarintDecoder(Varint framing) {
        this.framing = framing;
    }

    @Override
    public boolean next(ByteBuffer input, ByteBuffer message) throws FramingException {
        while (!complete) {
            if (width == Varint.MAX_WIDTH) {
                throw new FramingException("a length prefix of more than " + Varint.MAX_WIDTH
                        + " bytes came, which is the most that " + framing + " have");
            }
            if (width == input.remaining()) {
                return missing(1);
            }
            byte next = input.get(input.position() + width);
            length |= (next & 0x7fL) << (7 * width);
            width++;
            complete = next >= 0;
        }
        if (length > framing.maxMessage()) {
            throw tooLong("a message of " + length + " bytes was announced", framing);
        }
        int arrived = input.remaining() - width;
        if (arrived < length) {
            return missing((int) length - arrived);
        }
        int before = width;
        int whole = (int) length;
        width = 0;
        length = 0;
        complete = false;
        return found(input, message, before, whole, 0);
    }
}
