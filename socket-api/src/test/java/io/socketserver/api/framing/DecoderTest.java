package io.socketserver.api.framing;

import static io.socketserver.api.framing.Framings.bytes;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.FramingException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {

    private static final HexFormat HEX = HexFormat.of();

    private static List<String> decode(Framing framing, String... pieces) throws FramingException {
        byte[] all = bytes(String.join("", pieces));
        return texts(Stream.decode(
                framing, all, Arrays.stream(pieces).map(String::length).toList(), true));
    }

    private static List<String> texts(List<byte[]> messages) {
        return messages.stream().map(message -> new String(message, US_ASCII)).toList();
    }

    /** How many bytes are missing after these. */
    private static int needed(Framing framing, byte[] arrived) throws FramingException {
        Decoder decoder = framing.decoder();
        ByteBuffer input = ByteBuffer.wrap(arrived);
        assertThat(decoder.next(input, input.duplicate())).isFalse();
        assertThat(input.position()).isZero();
        return decoder.needed();
    }

    @Test
    void aLineMayEndInEitherWayCutAnywhereAndTheLastNeedNotEnd() throws FramingException {
        assertThat(decode(Framing.lines(), "a\r", "\nb\n", "\r", "\n", "c\r", "d\r\r\n", "e\r"))
                .containsExactly("a", "b", "", "c\rd\r", "e\r");
        assertThat(decode(Framing.lines(), "a\n")).containsExactly("a");
    }

    @Test
    void whatIsSetOnOneMessageIsNotSetOnTheNext() throws FramingException {
        ByteBuffer input = ByteBuffer.wrap(bytes("one\ntwo\n"));
        ByteBuffer message = input.duplicate();
        Decoder decoder = Framing.lines().decoder();
        assertThat(decoder.next(input, message)).isTrue();
        message.order(ByteOrder.LITTLE_ENDIAN);
        assertThat(decoder.next(input, message)).isTrue();
        assertThat(message.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    }

    @Test
    void aLineIsTooLongAsSoonAsThatIsCertain() throws FramingException {
        Framing framing = Framing.lines().maxMessage(3);
        assertThat(needed(framing, bytes("abc"))).isOne();
        assertThat(needed(framing, bytes("abc\r"))).isOne();
        for (String text : List.of("abcd", "abc\r\r", "abc\rd", "abcd\r")) {
            assertThatThrownBy(() -> decode(framing, text))
                    .isInstanceOf(FramingException.class)
                    .hasMessageContaining("lines of at most 3 bytes");
        }
        assertThat(decode(framing, "abc\r\n", "abc\n", "abc")).containsExactly("abc", "abc", "abc");
        assertThatThrownBy(() -> decode(framing, "abc\r")).isInstanceOf(FramingException.class);
    }

    @Test
    void whatALineCannotHoldIsRefused() {
        assertThatThrownBy(() -> Framings.encode(Framing.lines(), bytes("ab\nc")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("index 2 of 4");
        assertThatThrownBy(() -> Framings.encode(Framing.lines(), bytes("ab\r")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("carriage return");
        assertThat(Framings.encode(Framing.crlfLines(), bytes("ab\r"))).isEqualTo(bytes("ab\r\r\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 03",
        "2, 0003",
        "3, 000003",
        "4, 00000003",
        "8, 0000000000000003",
    })
    void aPrefixHasItsWidthAndOrderAndMayCountItself(int width, String plain) throws FramingException {
        byte[] message = bytes("abc");
        LengthPrefix framing = Framing.lengthPrefix(width);
        assertThat(HEX.formatHex(Framings.encode(framing, message))).isEqualTo(plain + "616263");
        assertThat(HEX.formatHex(Framings.encode(framing.littleEndian(), message)))
                .isEqualTo("03" + "00".repeat(width - 1) + "616263");
        assertThat(HEX.formatHex(Framings.encode(framing.countingItself(), message)))
                .isEqualTo("00".repeat(width - 1) + HEX.toHexDigits((byte) (3 + width)) + "616263");
        assertThat(needed(framing, new byte[0])).isEqualTo(width);
        assertThat(needed(framing, HEX.parseHex(plain))).isEqualTo(3);
        assertThat(needed(framing, HEX.parseHex(plain + "61"))).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 7fffffff, 2147483647",
        "4, 80000000, 2147483648",
        "4, ffffffff, 4294967295",
        "4, 00010001, 65537",
        "3, ffffff, 16777215",
        "8, 7fffffffffffffff, 9223372036854775807",
        "8, 0000000100000000, 4294967296",
        "8, ffffffffffffffff, -1",
        "8, 8000000000000000, -9223372036854775808",
    })
    void aLengthBeyondTheMaximumIsRefusedWhenItIsRead(int width, String prefix, String announced) {
        assertThatThrownBy(() -> needed(Framing.lengthPrefix(width), HEX.parseHex(prefix)))
                .isInstanceOf(FramingException.class)
                .hasMessageContaining(announced)
                .hasMessageContaining("at most 65536 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 8})
    void aLengthThatDoesNotEvenCountItselfIsRefused(int width) {
        LengthPrefix framing = Framing.lengthPrefix(width).countingItself();
        assertThatThrownBy(() -> needed(framing, new byte[width]))
                .isInstanceOf(FramingException.class)
                .hasMessageContaining("negative length")
                .hasMessageContaining("-" + width);
    }

    @Test
    void aNarrowPrefixBoundsTheMaximum() {
        assertThat(Framing.lengthPrefix(1).maxMessage()).isEqualTo(255);
        assertThat(Framing.lengthPrefix(1).countingItself().maxMessage()).isEqualTo(254);
        assertThat(Framing.lengthPrefix(2).maxMessage(1 << 20).maxMessage()).isEqualTo(65_535);
        assertThat(Framings.encode(Framing.lengthPrefix(1), new byte[255])[0]).isEqualTo((byte) -1);
        for (int width : List.of(-1, 0, 5, 6, 7, 9)) {
            assertThatThrownBy(() -> Framing.lengthPrefix(width)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "127, 7f",
        "128, 8001",
        "300, ac02",
        "16383, ff7f",
        "16384, 808001",
        "2097152, 80808001"
    })
    void aVarintIsThatOfProtocolBuffers(int length, String prefix) throws FramingException {
        Framing framing = Framing.varintPrefix().maxMessage(1 << 22);
        assertThat(HEX.formatHex(Framings.encode(framing, new byte[length])))
                .startsWith(prefix + "00".repeat(length > 0 ? 1 : 0));
        assertThat(framing.frameLength(length)).isEqualTo(length + prefix.length() / 2);
        if (length > 0) {
            assertThat(needed(framing, HEX.parseHex(prefix))).isEqualTo(length);
        }
    }

    @Test
    void aVarintMayBeLongerThanItsNumberNeedsButNotLongerThanFiveBytes() throws FramingException {
        Framing framing = Framing.varintPrefix();
        assertThat(needed(framing, HEX.parseHex("8180808000"))).isOne();
        assertThat(needed(framing, HEX.parseHex("81808080"))).isOne();
        assertThatThrownBy(() -> needed(framing, HEX.parseHex("8180808080")))
                .isInstanceOf(FramingException.class)
                .hasMessageContaining("more than 5 bytes");
        assertThatThrownBy(() -> needed(framing, HEX.parseHex("ffffffff7f")))
                .isInstanceOf(FramingException.class)
                .hasMessageContaining("34359738367")
                .hasMessageContaining("at most 65536 bytes");
    }

    @Test
    void eachByteOfAVarintIsReadOnce() throws FramingException {
        Decoder decoder = Framing.varintPrefix().decoder();
        ByteBuffer input = ByteBuffer.wrap(HEX.parseHex("ac02"));
        assertThat(decoder.next(input.limit(1), input.duplicate())).isFalse();
        assertThat(decoder.needed()).isOne();
        input.put(0, (byte) -1);
        assertThat(decoder.next(input.limit(2), input.duplicate())).isFalse();
        assertThat(decoder.needed()).isEqualTo(300);
    }

    @Test
    void aFixedLengthIsKeptTo() throws FramingException {
        Framing framing = Framing.fixed(3);
        assertThat(decode(framing, "a", "bcde", "f")).containsExactly("abc", "def");
        assertThat(needed(framing, bytes("a"))).isEqualTo(2);
        assertThatThrownBy(() -> Framings.encode(framing, bytes("ab")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 bytes")
                .hasMessageContaining("exactly 3 bytes");
        assertThat(framing.maxMessage(3)).isSameAs(framing);
        assertThatThrownBy(() -> framing.maxMessage(4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Framing.fixed(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withoutFramingEachPieceIsAMessage() throws FramingException {
        assertThat(decode(Framing.none().maxMessage(3), "a", "bcdef", "g")).containsExactly("a", "bcd", "ef", "g");
        assertThatThrownBy(() -> Framing.none().maxMessage(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theStreamMayNotEndInsideAFrame() throws FramingException {
        for (Framing framing : Framings.all()) {
            assertThat(Stream.decode(framing, new byte[0], List.of(1), false)).isEmpty();
            if (framing instanceof Lines || framing instanceof Unframed) {
                continue;
            }
            // One byte of the last frame is missing.
            byte[] frame = Framings.encode(framing, bytes("message"));
            byte[] cut = Arrays.copyOf(frame, frame.length - 1);
            assertThatThrownBy(() -> Stream.decode(framing, cut, List.of(3), false))
                    .isInstanceOf(FramingException.class)
                    .hasMessageContaining("ended inside a frame: " + cut.length + " bytes")
                    .hasMessageContaining("at least 1 more");
        }
    }

    @Test
    void aMaximumIsWithinReason() {
        for (int max : List.of(-1, Integer.MIN_VALUE, Framing.LARGEST_MAX_MESSAGE + 1, Integer.MAX_VALUE)) {
            assertThatThrownBy(() -> Framing.lines().maxMessage(max))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(max));
        }
        Framing largest = Framing.lines().maxMessage(Framing.LARGEST_MAX_MESSAGE);
        assertThat(largest.maxFrame()).isEqualTo(Framing.LARGEST_MAX_MESSAGE + 2);
    }
}
