package io.socketserver.testkit.jqwik;

import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.LengthPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * Framings of every kind, and what can be said in them.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<FramedMessages> talks() {
 *     return Framings.talks();
 * }
 *
 * @Property
 * void whatIsSaidComesBack(@ForAll("talks") FramedMessages said) throws Exception {
 *     byte[] output = Exchange.of(said.encoded()).with(echo.over(said.framing())).bytes();
 *     assertArrayEquals(said.encoded(), output);
 * }
 * }</pre>
 */
public final class Framings {

    /** The longest message, in bytes, that {@link #any()} has framings for. */
    public static final int LONGEST = 200_000;

    private static final int SHORT = 40;
    private static final int NOISE = 300;

    private Framings() {}

    /**
     * Framings of every kind, some of them with a maximum of 40 bytes, which is soon reached; shrinks towards lines.
     *
     * @return the arbitrary
     */
    public static Arbitrary<Framing> any() {
        List<Framing> all = new ArrayList<>();
        for (int max : List.of(SHORT, LONGEST)) {
            for (Framing framing : kinds()) {
                all.add(framing.maxMessage(max));
            }
        }
        all.add(Framing.fixed(7));
        return Arbitraries.of(all);
    }

    private static List<Framing> kinds() {
        List<Framing> kinds = new ArrayList<>(List.of(
                Framing.lines(),
                Framing.crlfLines(),
                Framing.delimitedBy((byte) 0),
                Framing.delimitedBy((byte) 'a', (byte) 'a', (byte) 'b'),
                Framing.delimitedBy((byte) '\r', (byte) '\n', (byte) '\r', (byte) '\n'),
                Framing.varintPrefix(),
                Framing.none()));
        for (int width : List.of(1, 2, 3, 4, 8)) {
            LengthPrefix prefix = Framing.lengthPrefix(width);
            kinds.addAll(List.of(
                    prefix,
                    prefix.littleEndian(),
                    prefix.countingItself(),
                    prefix.littleEndian().countingItself()));
        }
        return kinds;
    }

    /**
     * Messages that a framing can express: mostly short ones, of bytes that mean something to it more often than chance
     * would have them, and some of up to {@link #LONGEST} bytes.
     *
     * @param framing what they have to be expressible in
     * @return the arbitrary
     */
    public static Arbitrary<byte[]> messages(Framing framing) {
        int max = framing.maxMessage();
        if (!FramedMessages.isExpressible(framing, new byte[0])) {
            return bytes(framing).array(byte[].class).ofSize(max);
        }
        Arbitrary<byte[]> few = bytes(framing)
                .array(byte[].class)
                .ofMaxSize(Math.min(max, SHORT))
                .map(message -> expressible(framing, message));
        if (max <= SHORT) {
            return few;
        }
        Arbitrary<byte[]> many = Arbitraries.integers()
                .between(SHORT, Math.min(max, LONGEST))
                .map(size -> expressible(framing, letters(size)));
        return Arbitraries.frequencyOf(Tuple.of(15, few), Tuple.of(1, many));
    }

    /**
     * Framings of every kind, each with up to 12 messages that it can express.
     *
     * @return the arbitrary
     */
    public static Arbitrary<FramedMessages> talks() {
        return any().flatMap(Framings::talks);
    }

    /**
     * Up to 12 messages that a framing can express.
     *
     * @param framing what they have to be expressible in
     * @return the arbitrary
     */
    public static Arbitrary<FramedMessages> talks(Framing framing) {
        return messages(framing).list().ofMaxSize(12).map(messages -> new FramedMessages(framing, messages));
    }

    /**
     * Up to 300 bytes that are not meant to be messages in any framing, and may be by chance: what a decoder, and the server
     * around it, has to survive.
     *
     * @return the arbitrary
     */
    public static Arbitrary<byte[]> noise() {
        return bytes(Framing.none()).array(byte[].class).ofMaxSize(NOISE);
    }

    private static Arbitrary<Byte> bytes(Framing framing) {
        List<Byte> meaningful = new ArrayList<>(List.of(
                (byte) 'a', (byte) 'b', (byte) '\r', (byte) '\n', (byte) 0, (byte) 1, (byte) 5, Byte.MIN_VALUE));
        if (FramedMessages.isExpressible(framing, new byte[0])) {
            // All that it adds to a message.
            for (byte each : new FramedMessages(framing, List.of(new byte[0])).encoded()) {
                meaningful.add(each);
            }
        }
        return Arbitraries.oneOf(Arbitraries.of(meaningful), Arbitraries.bytes());
    }

    private static byte[] letters(int size) {
        byte[] letters = new byte[size];
        for (int i = 0; i < size; i++) {
            letters[i] = (byte) ('c' + (i * 7 + size) % 20);
        }
        return letters;
    }

    /** The message, or the longest beginning of it, not too long, that a framing can express. */
    private static byte[] expressible(Framing framing, byte[] message) {
        byte[] beginning = message;
        while (!FramedMessages.isExpressible(framing, beginning)) {
            beginning = Arrays.copyOf(message, Math.min(beginning.length - 1, SHORT));
        }
        return beginning;
    }
}
