package io.socketserver.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TranscriptProperties {

    @Provide
    Arbitrary<byte[]> bytes() {
        Arbitrary<byte[]> text = Arbitraries.strings().ofMaxLength(200).map(string -> string.getBytes(UTF_8));
        Arbitrary<byte[]> lines = Arbitraries.of("a", "\n", "\r", "\t", "\"", "\\", " ", "x", "0", "é", "😀")
                .list()
                .ofMaxSize(100)
                .map(parts -> String.join("", parts).getBytes(UTF_8));
        Arbitrary<byte[]> binary = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        return Arbitraries.oneOf(text, lines, binary);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.oneOf(
                        bytes().map(Step.Send::new),
                        bytes().map(Step.Expect::new),
                        Arbitraries.longs().greaterOrEqual(0).map(nanos -> new Step.Idle(Duration.ofNanos(nanos))),
                        Arbitraries.strings().alpha().ofMinLength(1).map(Step.Fail::new),
                        Arbitraries.of(Step.Mark.class))
                .list()
                .ofMaxSize(10);
    }

    @Property(tries = 300)
    void whatIsWrittenIsRead(@ForAll("steps") List<Step> steps) {
        String text = Transcript.of(steps).toString();
        Transcript read = Transcript.parse(text);
        assertThat(read.steps()).usingRecursiveComparison().isEqualTo(steps);
        assertThat(read).hasToString(text);
    }

    @Property(tries = 300)
    void whatIsWrittenCanBeSeen(@ForAll("bytes") byte[] bytes) {
        assertThat(Literal.of(bytes)).matches("[^\\p{Cntrl}\\u2028\\u2029\\ufffd]*");
    }
}
