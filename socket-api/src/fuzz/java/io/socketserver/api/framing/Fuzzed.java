package io.socketserver.api.framing;

import io.socketserver.api.FramingException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a decoder makes of any bytes: the same however they arrive, and nothing that its framing does not allow. */
final class Fuzzed {

    /** What is longer tells nothing new, and takes longer. */
    private static final int LONGEST = 256;

    private final Framing framing;

    Fuzzed(Framing framing) {
        this.framing = framing;
    }

    /** What came of a stream. */
    private record Outcome(List<ByteBuffer> messages, boolean failed) {}

    /**
     * Decodes a stream at once, and once more in pieces.
     *
     * @param bytes begin with how many bytes say how the rest is cut, and those
     */
    void check(byte[] bytes) {
        byte[] input = Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST));
        int cuts = input.length == 0 ? 0 : Math.min(input[0] & 0x0f, input.length - 1);
        int start = Math.min(input.length, 1 + cuts);
        byte[] stream = Arrays.copyOfRange(input, start, input.length);
        Outcome whole = decode(stream, new byte[0]);
        Outcome pieces = decode(stream, Arrays.copyOfRange(input, input.length == 0 ? 0 : 1, start));
        require(alike(whole, pieces), "in pieces it is " + pieces + ", and at once " + whole);
        Outcome again = decode(encode(whole.messages), new byte[0]);
        require(alike(again, new Outcome(whole.messages, false)), "what is encoded comes back as " + again);
    }

    // Without framing, messages are cut as they come.
    private boolean alike(Outcome one, Outcome other) {
        return framing instanceof Unframed
                ? Arrays.equals(encode(one.messages), encode(other.messages))
                : one.equals(other);
    }

    private Outcome decode(byte[] stream, byte[] cuts) {
        Decoder decoder = framing.decoder();
        List<ByteBuffer> messages = new ArrayList<>();
        ByteBuffer input = ByteBuffer.wrap(stream).limit(0);
        ByteBuffer message = input.asReadOnlyBuffer();
        try {
            for (int cut : ends(stream.length, cuts)) {
                if (cut - input.limit() < decoder.needed() && cut < stream.length) {
                    continue;
                }
                input.limit(cut);
                while (decoder.next(input, message)) {
                    messages.add(copy(message));
                }
                require(decoder.needed() > 0, "nothing is needed, and nothing was found");
                require(
                        input.remaining() + (long) decoder.needed() <= Math.max(1, framing.maxFrame()),
                        "more is needed than a frame can have");
            }
            if (decoder.last(input, message)) {
                messages.add(copy(message));
            }
            return new Outcome(messages, false);
        } catch (FramingException e) {
            return new Outcome(messages, true);
        }
    }

    // Every byte that says so cuts off so many bytes more; then comes the end.
    private static int[] ends(int length, byte[] cuts) {
        int[] ends = new int[cuts.length + 1];
        int end = 0;
        for (int i = 0; i < cuts.length; i++) {
            end = Math.min(length, end + (cuts[i] & 0x1f));
            ends[i] = end;
        }
        ends[cuts.length] = length;
        return ends;
    }

    private ByteBuffer copy(ByteBuffer message) {
        require(message.remaining() <= framing.maxMessage(), "a message is longer than allowed");
        return ByteBuffer.allocate(message.remaining()).put(message).flip();
    }

    private byte[] encode(List<ByteBuffer> messages) {
        int length = messages.stream()
                .mapToInt(message -> framing.frameLength(message.remaining()))
                .sum();
        ByteBuffer stream = ByteBuffer.allocate(length);
        messages.forEach(message -> framing.encode(message.duplicate(), stream));
        return stream.array();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
