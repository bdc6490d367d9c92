package io.socketserver.api.framing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Framings of every kind, and messages that go with them. */
final class Framings {

    static final int MAX = 40;
    static final int FIXED = 7;

    private Framings() {}

    static List<Framing> all() {
        List<Framing> all = new ArrayList<>(List.of(
                Framing.lines().maxMessage(MAX),
                Framing.crlfLines().maxMessage(MAX),
                Framing.delimitedBy((byte) 0).maxMessage(MAX),
                Framing.delimitedBy(bytes("aab")).maxMessage(MAX),
                Framing.delimitedBy(bytes("\r\n\r\n")).maxMessage(MAX),
                Framing.varintPrefix().maxMessage(MAX),
                Framing.varintPrefix().maxMessage(1000),
                Framing.fixed(FIXED),
                Framing.none().maxMessage(MAX)));
        for (int width : List.of(1, 2, 3, 4, 8)) {
            LengthPrefix prefix = Framing.lengthPrefix(width).maxMessage(MAX);
            all.add(prefix);
            all.add(prefix.littleEndian());
            all.add(prefix.countingItself());
            all.add(prefix.littleEndian().countingItself());
        }
        return all;
    }

    static Arbitrary<Framing> any() {
        return Arbitraries.of(all());
    }

    /** Bytes that mean something to one framing or another, more often than chance would have them. */
    static Arbitrary<byte[]> message() {
        return Arbitraries.oneOf(
                        Arbitraries.of(
                                (byte) 'a', (byte) 'b', (byte) '\r', (byte) '\n', (byte) 0, (byte) 1, (byte) -128),
                        Arbitraries.bytes())
                .array(byte[].class)
                .ofMaxSize(MAX);
    }

    /** Those of the messages that a framing can express. */
    static List<byte[]> expressible(Framing framing, List<byte[]> messages) {
        List<byte[]> possible = new ArrayList<>();
        for (byte[] message : messages) {
            byte[] sized = framing instanceof Fixed ? Arrays.copyOf(message, FIXED) : message;
            try {
                encode(framing, sized);
                possible.add(sized);
            } catch (IllegalArgumentException e) {
                // Not this one.
            }
        }
        return possible;
    }

    static byte[] encode(Framing framing, byte[] message) {
        ByteBuffer out = ByteBuffer.allocate(framing.frameLength(message.length));
        framing.encode(ByteBuffer.wrap(message), out);
        return out.array();
    }

    static byte[] encode(Framing framing, List<byte[]> messages) {
        return join(messages.stream().map(message -> encode(framing, message)).toList());
    }

    static byte[] join(List<byte[]> parts) {
        ByteBuffer joined =
                ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(joined::put);
        return joined.array();
    }

    static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }
}
