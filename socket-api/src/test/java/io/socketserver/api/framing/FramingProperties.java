package io.socketserver.api.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.FramingException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FramingProperties {

    @Provide
    Arbitrary<Framing> framings() {
        return Framings.any();
    }

    @Provide
    Arbitrary<List<byte[]>> messages() {
        return Framings.message().list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<byte[]> noise() {
        return Arbitraries.oneOf(
                        Arbitraries.of((byte) 'a', (byte) 'b', (byte) '\r', (byte) '\n', (byte) 0, (byte) 5),
                        Arbitraries.bytes())
                .array(byte[].class)
                .ofMaxSize(300);
    }

    @Property(tries = 3000)
    void messagesArriveAsTheyWereSentHoweverTheBytesAreCut(
            @ForAll("framings") Framing framing,
            @ForAll("messages") List<byte[]> messages,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 60) Integer> cuts,
            @ForAll boolean direct)
            throws FramingException {
        List<byte[]> sent = Framings.expressible(framing, messages);
        List<byte[]> received = Stream.decode(framing, Framings.encode(framing, sent), cuts, direct);
        if (framing instanceof Unframed) {
            assertThat(Framings.join(received)).isEqualTo(Framings.join(sent));
        } else {
            assertThat(received).usingRecursiveComparison().isEqualTo(sent);
        }
    }

    @Property(tries = 3000)
    void anyBytesAreMessagesOrAFramingExceptionAndTheCutsDoNotMatter(
            @ForAll("framings") Framing framing,
            @ForAll("noise") byte[] bytes,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 60) Integer> cuts,
            @ForAll boolean direct) {
        List<byte[]> whole = messagesAndEnd(framing, bytes, List.of(bytes.length + 1), direct);
        List<byte[]> pieces = messagesAndEnd(framing, bytes, cuts, !direct);
        if (framing instanceof Unframed) {
            assertThat(Framings.join(pieces)).isEqualTo(Framings.join(whole));
        } else {
            assertThat(pieces).usingRecursiveComparison().isEqualTo(whole);
        }
    }

    /** The messages found in the bytes; if an exception ends them, it stands for the last one. */
    private static List<byte[]> messagesAndEnd(Framing framing, byte[] bytes, List<Integer> cuts, boolean direct) {
        Stream stream = new Stream(framing, direct);
        try {
            stream.arrive(bytes, cuts);
            return stream.messages();
        } catch (FramingException e) {
            List<byte[]> all = new ArrayList<>(stream.messages());
            all.add(Framings.bytes("refused"));
            return all;
        }
    }

    @Property(tries = 1500)
    void whatWasScannedIsNotScannedAgain(
            @ForAll("framings") Framing framing,
            @ForAll("messages") List<byte[]> messages,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 15) Integer> cuts)
            throws FramingException {
        if (framing instanceof Unframed) {
            return;
        }
        List<byte[]> sent = Framings.expressible(framing, messages);
        byte[] bytes = Framings.encode(framing, sent);
        Decoder decoder = framing.decoder();
        ByteBuffer input = ByteBuffer.allocate(bytes.length).limit(0);
        ByteBuffer view = input.duplicate();
        List<Integer> lengths = new ArrayList<>();
        for (int i = 0; input.limit() < bytes.length; i++) {
            int count = Math.min(bytes.length - input.limit(), cuts.get(i % cuts.size()));
            int from = input.limit();
            input.limit(from + count).put(from, bytes, from, count);
            while (decoder.next(input, view)) {
                lengths.add(view.remaining());
            }
            spoil(framing, input);
        }
        assertThat(lengths)
                .isEqualTo(sent.stream().map(message -> message.length).toList());
    }

    /** Overwrites what the decoder has seen with what would end or begin a frame, had it to look again. */
    private static void spoil(Framing framing, ByteBuffer input) {
        int seen = input.remaining();
        byte[] spoilt = {-1};
        if (framing instanceof Lines) {
            // The last byte may turn out to be the carriage return of an ending.
            seen--;
            spoilt = new byte[] {'\n'};
        } else if (framing instanceof Delimited delimited) {
            ByteBuffer delimiter = ByteBuffer.allocate(delimited.frameLength(0));
            delimited.putTrailer(delimiter);
            spoilt = delimiter.array();
        } else if (framing instanceof LengthPrefix prefix && seen < prefix.width()) {
            // A prefix is read when all of it is there.
            seen = 0;
        }
        for (int i = 0; i < seen; i++) {
            input.put(input.position() + i, spoilt[i % spoilt.length]);
        }
    }

    @Property(tries = 1000)
    void aFrameIsAsLongAsWasSaidAndIsWrittenWholeOrNotAtAll(
            @ForAll("framings") Framing framing, @ForAll("messages") List<byte[]> messages) {
        for (byte[] message : Framings.expressible(framing, messages)) {
            int size = framing.frameLength(message.length);
            assertThat(size).isLessThanOrEqualTo(framing.maxFrame());
            ByteBuffer source = ByteBuffer.wrap(message);
            if (size > 0) {
                ByteBuffer small = ByteBuffer.allocate(size - 1);
                assertThatThrownBy(() -> framing.encode(source, small)).isInstanceOf(BufferOverflowException.class);
                assertThat(small.position()).isZero();
                assertThat(source.position()).isZero();
            }
            ByteBuffer out = ByteBuffer.allocate(size + 10).position(5);
            framing.encode(source, out);
            assertThat(out.position()).isEqualTo(5 + size);
            assertThat(source.hasRemaining()).isFalse();
        }
    }

    @Property(tries = 300)
    void aMessageOfTheMaximumIsTakenAndALongerOneIsNot(
            @ForAll("framings") Framing kind,
            @ForAll @IntRange(min = 1, max = 255 - 8) int max,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 100) Integer> cuts,
            @ForAll boolean direct)
            throws FramingException {
        if (kind instanceof Fixed) {
            return;
        }
        Framing framing = kind.maxMessage(max);
        byte[] longest = new byte[max];
        Arrays.fill(longest, (byte) 'x');
        byte[] tooLong = Arrays.copyOf(longest, max + 1);
        tooLong[max] = 'x';
        if (!(framing instanceof Unframed)) {
            assertThat(Stream.decode(framing, Framings.encode(framing, longest), cuts, direct))
                    .containsExactly(longest);
            byte[] frame = Framings.encode(kind.maxMessage(max + 1), tooLong);
            assertThatThrownBy(() -> Stream.decode(framing, frame, cuts, direct))
                    .isInstanceOf(FramingException.class)
                    .hasMessageContaining((max + 1) + " bytes")
                    .hasMessageContaining("at most " + max + " bytes");
        }
        assertThatThrownBy(() -> Framings.encode(framing, tooLong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining((max + 1) + " bytes")
                .hasMessageContaining("at most " + max + " bytes");
    }
}
