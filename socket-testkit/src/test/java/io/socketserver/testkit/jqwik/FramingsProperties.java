package io.socketserver.testkit.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.FramingException;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.testkit.Exchange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FramingsProperties {

    @Provide
    Arbitrary<FramedMessages> talks() {
        return Framings.talks();
    }

    @Provide
    Arbitrary<FramedMessages> unusual() {
        return Arbitraries.of(
                        Framing.fixed(1),
                        Framing.fixed(100),
                        Framing.lines().maxMessage(0),
                        Framing.delimitedBy((byte) 'c'),
                        Framing.delimitedBy((byte) 'd', (byte) 'd').maxMessage(1),
                        Framing.lengthPrefix(1))
                .flatMap(Framings::talks);
    }

    @Provide
    Arbitrary<Chunking> chunkings() {
        return Chunking.any();
    }

    @Provide
    Arbitrary<byte[]> noise() {
        return Framings.noise();
    }

    @Property(tries = 500)
    void messagesCanBeSaidAndAreUnderstood(@ForAll("talks") FramedMessages said, @ForAll("chunkings") Chunking chunking)
            throws Exception {
        assertUnderstood(said, chunking);
    }

    @Property(tries = 100)
    void messagesFitUnusualFramingsToo(@ForAll("unusual") FramedMessages said, @ForAll("chunkings") Chunking chunking)
            throws Exception {
        assertUnderstood(said, chunking);
    }

    private static void assertUnderstood(FramedMessages said, Chunking chunking) throws Exception {
        List<byte[]> received = new ArrayList<>();
        MessageHandler keeping = (message, replies) -> {
            byte[] copy = new byte[message.remaining()];
            message.get(copy);
            received.add(copy);
        };
        Exchange.of(chunking.cut(said.encoded())).with(keeping.over(said.framing()));
        assertThat(said.matches(received)).isTrue();
        received.add(new byte[] {'x'});
        assertThat(said.matches(received)).isFalse();
    }

    @Property(tries = 500)
    void noiseIsRefusedAtMost(@ForAll("talks") FramedMessages any, @ForAll("noise") byte[] noise) throws Exception {
        MessageHandler ignoring = (message, replies) -> {};
        try {
            Exchange.of(noise).with(ignoring.over(any.framing()));
        } catch (FramingException e) {
            assertThat(e).hasMessageContaining(" ");
        }
    }

    @Example
    void everyKindOfFramingAndOfMessageComesUp() {
        Set<String> framings = new HashSet<>();
        Set<String> lengths = new HashSet<>();
        Framings.talks().sampleStream().limit(3000).forEach(said -> {
            framings.add(look(said.framing()));
            said.messages().forEach(message -> lengths.add(kind(message.length)));
        });
        // With two maxima: 7, and prefixes of 5 widths, 4 ways each but for one byte; and one that has but one length.
        assertThat(framings).hasSize(2 * (7 + 4 * 4 + 2) + 1);
        assertThat(lengths).containsExactlyInAnyOrder("none", "one", "short", "long");
    }

    /** What tells it from others. */
    private static String look(Framing framing) {
        byte[] message = {'x', 'y', 'z'};
        return FramedMessages.isExpressible(framing, message)
                ? framing + Arrays.toString(new FramedMessages(framing, List.of(message)).encoded())
                : framing.toString();
    }

    private static String kind(int length) {
        return length < 2 ? (length == 0 ? "none" : "one") : length <= 40 ? "short" : "long";
    }

    @Example
    void whatFailsIsReportedShort() {
        FramedMessages shrunk =
                Shrunk.of(Framings.talks(), said -> said.messages().size() < 2);
        assertThat(shrunk).hasToString(Framing.lines().maxMessage(40) + ": [], []");
        FramedMessages one =
                Shrunk.of(Framings.talks(), said -> said.messages().stream().allMatch(message -> message.length == 0));
        assertThat(one.messages()).hasSize(1).allMatch(message -> message.length == 1);
        assertThat(new FramedMessages(Framing.none(), List.of(new byte[50])).toString())
                .endsWith(": 50 bytes");
    }
}
