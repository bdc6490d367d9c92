package io.socketserver.samples.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DemoTest {

    private final Lines out = new Lines();
    private final Lines err = new Lines();
    private final Stdio stdio = new Stdio(
            InputStream.nullInputStream(), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false);

    @Test
    void everyProgramIsRight() {
        Run run = Run.of("demo");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).last().asString().isEqualTo("all right: 6 programs, 66 replies");
        assertThat(lines).filteredOn(line -> line.startsWith("== ")).hasSize(6);
        assertThat(lines).filteredOn(line -> line.startsWith("client> ")).hasSize(66);
        assertThat(lines).filteredOn(line -> line.startsWith("server> ")).hasSize(66);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("server| "))
                .extracting(line -> line.replaceFirst(":.*", ""))
                .containsExactly(
                        "server| setup",
                        "server| handle",
                        "server| finish",
                        "server| listening on tcp",
                        "server| listening on udp",
                        "server| listening on unix",
                        "server| listening on unixgram");
    }

    @Test
    void leavesNoSocketBehind() {
        List<String> sockets = Run.of("demo")
                .out()
                .lines()
                .filter(line -> line.startsWith("server| listening on unix"))
                .map(line -> line.replaceFirst(".*unix(gram)?:", ""))
                .toList();
        assertThat(sockets)
                .hasSize(2)
                .allSatisfy(socket -> assertThat(Path.of(socket).getParent()).doesNotExist());
    }

    @Test
    void wrongUpperCaseIsNamed() {
        Transcript transcript = new Transcript(stdio);
        transcript.begin("upper");
        transcript.upper("a", "A");
        transcript.upper("b", "b");
        assertThat(transcript.replies()).isEqualTo(2);
        assertThat(transcript.wrong()).containsExactly("upper: 'b' was answered with 'b'");
    }

    @Test
    void wrongRepliesAreNamed() throws InterruptedException {
        Demo demo = new Demo(
                stdio,
                List.of(
                        program("one", transcript -> transcript.check(true, "no")),
                        program("two", transcript -> {
                            transcript.check(false, "expected A");
                            transcript.check(false, "expected B");
                        }),
                        program("three", transcript -> {
                            throw new IOException("no connection");
                        })));

        assertThat(demo.call()).isEqualTo(1);

        assertThat(err.next()).isEqualTo("socketserver: wrong in two: expected A");
        assertThat(err.next()).isEqualTo("socketserver: wrong in two: expected B");
        assertThat(err.next()).isEqualTo("socketserver: wrong in three: java.io.IOException: no connection");
        assertThat(err.isEmpty()).isTrue();
    }

    @Test
    void timesAreLookedAt() {
        Transcript transcript = new Transcript(stdio);
        transcript.begin("time");

        TimeDemo.check("Sat May  6 21:31:06 2017", transcript);
        TimeDemo.check("tea time", transcript);

        assertThat(transcript.replies()).isEqualTo(2);
        assertThat(transcript.wrong())
                .hasSize(2)
                .satisfies(
                        old -> assertThat(old).matches("time: the answer 'Sat May  6 21:31:06 2017' is \\d+ s off"),
                        Index.atIndex(0))
                .contains("time: the answer 'tea time' is not a time as ctime() writes it");
    }

    private interface Body {
        void run(Transcript transcript) throws IOException;
    }

    private static DemoProgram program(String title, Body body) {
        return new DemoProgram() {
            @Override
            public String title() {
                return title;
            }

            @Override
            public void run(Transcript transcript) throws IOException {
                body.run(transcript);
            }
        };
    }
}
