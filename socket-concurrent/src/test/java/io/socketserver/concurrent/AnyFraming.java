package io.socketserver.concurrent;

import io.socketserver.api.framing.Framing;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * A framing, and what can be said in it.
 *
 * @param framing cuts a stream into messages
 * @param fixed how long each message has to be; 0 if that is free
 * @param whole whether messages arrive as they were sent, and not only their bytes
 */
record AnyFraming(Framing framing, int fixed, boolean whole) {

    private static final int SHORT = 40;
    private static final int LONG = 200_000;
    private static final int FIXED = 7;

    static Arbitrary<AnyFraming> any() {
        List<AnyFraming> all = new ArrayList<>();
        for (int max : List.of(SHORT, LONG)) {
            for (Framing framing : List.of(
                    Framing.lines(),
                    Framing.crlfLines(),
                    Framing.delimitedBy((byte) 0),
                    Framing.delimitedBy((byte) 'a', (byte) 'a', (byte) 'b'),
                    Framing.lengthPrefix(4),
                    Framing.lengthPrefix(8).littleEndian().countingItself(),
                    Framing.varintPrefix())) {
                all.add(new AnyFraming(framing.maxMessage(max), 0, true));
            }
            all.add(new AnyFraming(Framing.none().maxMessage(max), 0, false));
        }
        all.add(new AnyFraming(Framing.lengthPrefix(1).maxMessage(SHORT), 0, true));
        all.add(new AnyFraming(Framing.lengthPrefix(2).countingItself().maxMessage(SHORT), 0, true));
        all.add(new AnyFraming(Framing.fixed(FIXED), FIXED, true));
        return Arbitraries.of(all);
    }

    /** Bytes that mean something to one framing or another, more often than chance would have them; and some long ones. */
    static Arbitrary<byte[]> message() {
        Arbitrary<byte[]> meaningful = Arbitraries.oneOf(
                        Arbitraries.of(
                                (byte) 'a', (byte) 'b', (byte) '\r', (byte) '\n', (byte) 0, (byte) 1, (byte) -128),
                        Arbitraries.bytes())
                .array(byte[].class)
                .ofMaxSize(SHORT);
        Arbitrary<byte[]> endless = Arbitraries.integers().between(SHORT, LONG).map(size -> {
            byte[] bytes = new byte[size];
            for (int i = 0; i < size; i++) {
                bytes[i] = (byte) ('c' + (i * 7 + size) % 20);
            }
            return bytes;
        });
        return Arbitraries.frequencyOf(Tuple.of(15, meaningful), Tuple.of(1, endless));
    }

    /** Those of the messages that it can express. */
    List<byte[]> expressible(List<byte[]> messages) {
        List<byte[]> possible = new ArrayList<>();
        for (byte[] message : messages) {
            byte[] sized = fixed > 0 ? Arrays.copyOf(message, fixed) : message;
            try {
                encode(sized);
                possible.add(sized);
            } catch (IllegalArgumentException e) {
                // Not this one.
            }
        }
        return possible;
    }

    private byte[] encode(byte[] message) {
        ByteBuffer out = ByteBuffer.allocate(framing.frameLength(message.length));
        framing.encode(ByteBuffer.wrap(message), out);
        return out.array();
    }

    byte[] encode(List<byte[]> messages) {
        return join(messages.stream().map(this::encode).toList());
    }

    static byte[] join(List<byte[]> parts) {
        ByteBuffer joined =
                ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(joined::put);
        return joined.array();
    }

    @Override
    public String toString() {
        return framing.toString();
    }
}
