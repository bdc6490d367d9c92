package io.socketserver.testkit.jqwik;

import io.socketserver.api.framing.Framing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Messages, and a framing that can express them; made by {@link Framings#talks()}.
 *
 * @param framing what is around the messages on a stream
 * @param messages what is said, in order; not to be changed
 */
public record FramedMessages(Framing framing, List<byte[]> messages) {

    /**
     * Copies the list.
     *
     * @param framing as the record says
     * @param messages as the record says
     */
    public FramedMessages {
        messages = List.copyOf(messages);
    }

    /**
     * All that is sent to say the messages.
     *
     * @return their frames, one behind the other
     * @throws IllegalArgumentException if the framing cannot express one of them
     */
    public byte[] encoded() {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        messages.forEach(message -> frames.writeBytes(encode(framing, message)));
        return frames.toByteArray();
    }

    /**
     * Whether what was received is what was said: the same messages, or only the same bytes where the framing does not keep
     * messages apart, as {@link Framing#none()}.
     *
     * @param received messages, in order
     * @return true if it is
     */
    public boolean matches(List<byte[]> received) {
        if (frameIsMessage()) {
            return Arrays.equals(join(messages), join(received));
        }
        return messages.size() == received.size()
                && IntStream.range(0, messages.size()).allMatch(i -> Arrays.equals(messages.get(i), received.get(i)));
    }

    private boolean frameIsMessage() {
        return isExpressible(framing, new byte[0]) && framing.frameLength(0) == 0;
    }

    static boolean isExpressible(Framing framing, byte[] message) {
        try {
            encode(framing, message);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] encode(Framing framing, byte[] message) {
        ByteBuffer frame = ByteBuffer.allocate(framing.frameLength(message.length));
        framing.encode(ByteBuffer.wrap(message), frame);
        return frame.array();
    }

    private static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        parts.forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    /** The framing, and the messages, long ones by their length only. */
    @Override
    public String toString() {
        return messages.stream()
                .map(message -> message.length > 40 ? message.length + " bytes" : Arrays.toString(message))
                .collect(Collectors.joining(", ", framing + ": ", ""));
    }
}
