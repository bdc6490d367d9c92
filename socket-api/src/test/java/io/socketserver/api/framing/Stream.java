package io.socketserver.api.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.FramingException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Bytes that arrive in pieces and are decoded as a selector's loop would: one buffer for reading, leftovers apart. */
final class Stream {

    private final Framing framing;
    private final Decoder decoder;
    private final ByteBuffer shared;
    private final List<byte[]> messages = new ArrayList<>();
    private byte[] leftover = {};

    Stream(Framing framing, boolean direct) {
        this.framing = framing;
        decoder = framing.decoder();
        shared = direct ? ByteBuffer.allocateDirect(1 << 16) : ByteBuffer.allocate(1 << 16);
    }

    /** Feeds all of the bytes in pieces of these sizes, then the end of the stream. */
    static List<byte[]> decode(Framing framing, byte[] bytes, List<Integer> cuts, boolean direct)
            throws FramingException {
        Stream stream = new Stream(framing, direct);
        stream.arrive(bytes, cuts);
        stream.end();
        return stream.messages;
    }

    void arrive(byte[] bytes, List<Integer> cuts) throws FramingException {
        for (int from = 0, i = 0; from < bytes.length; i++) {
            int count = Math.min(bytes.length - from, cuts.get(i % cuts.size()));
            arrive(ByteBuffer.wrap(bytes, from, count));
            from += count;
        }
    }

    List<byte[]> messages() {
        return messages;
    }

    private void arrive(ByteBuffer piece) throws FramingException {
        // Elsewhere in the buffer each time, since what remains may be moved.
        int start = messages.size() % 11;
        shared.clear().position(start);
        shared.put(leftover).put(piece).flip().position(start);
        ByteBuffer view = shared.asReadOnlyBuffer();
        while (decoder.next(shared, view)) {
            add(view);
        }
        assertThat(decoder.needed()).isPositive();
        assertThat((long) shared.remaining() + decoder.needed()).isLessThanOrEqualTo(framing.maxFrame());
        leftover = new byte[shared.remaining()];
        shared.get(leftover);
    }

    private void end() throws FramingException {
        ByteBuffer rest = ByteBuffer.wrap(leftover);
        ByteBuffer view = rest.duplicate();
        if (decoder.last(rest, view)) {
            add(view);
        }
        assertThat(rest.hasRemaining()).isFalse();
        assertThat(decoder.last(rest, view)).isFalse();
    }

    private void add(ByteBuffer view) {
        byte[] message = new byte[view.remaining()];
        view.get(message);
        assertThat(message.length).isLessThanOrEqualTo(framing.maxMessage());
        messages.add(message);
    }
}
