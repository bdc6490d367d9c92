package io.socketserver.samples.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Handler;
import io.socketserver.api.Server;
import io.socketserver.concurrent.Dispatchers;
import io.socketserver.samples.ChunkHandler;
import io.socketserver.tcp.Tcp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code socketserver connect} and servers of all kinds. */
@Timeout(60)
class ConnectTest {

    private static final Handler<? super Connection> ECHO = new ChunkHandler(chunk -> chunk);

    @Test
    void eachAnswerIsALine() throws IOException {
        assertThat(talk(ECHO, "hello\nworld\n")).isEqualTo(new Run(0, "hello\nworld\n", ""));
    }

    @Test
    void answersWithoutALineEndingGetOne() throws IOException {
        Handler<? super Connection> yes = new ChunkHandler(chunk -> "yes".getBytes(UTF_8));
        assertThat(talk(yes, "1\n2\n3\n")).isEqualTo(new Run(0, "yes\nyes\nyes\n", ""));
    }

    @Test
    void onlyOneLineEndingOfAnAnswerIsDropped() throws IOException {
        Handler<? super Connection> twoLines = new ChunkHandler(chunk -> "1\n2\n\n".getBytes(UTF_8));
        assertThat(talk(twoLines, "?\n")).isEqualTo(new Run(0, "1\n2\n\n", ""));
    }

    @Test
    void lastLineNeedsNoEnding() throws IOException {
        assertThat(talk(ECHO, "hello")).isEqualTo(new Run(0, "hello\n", ""));
    }

    @Test
    void bytesGoThroughAsTheyAre() throws IOException {
        assertThat(talk(ECHO, "Grüße \u0001 \t€\r\n")).isEqualTo(new Run(0, "Grüße \u0001 \t€\n", ""));
    }

    @Test
    void emptyLineEndsIt() throws IOException {
        assertThat(talk(ECHO, "hello\n\nworld\n")).isEqualTo(new Run(0, "hello\n", ""));
    }

    @Test
    void emptyLineIsSentIfAskedFor() throws IOException {
        assertThat(talk(ECHO, "hello\n\nworld\n", "--send-empty")).isEqualTo(new Run(0, "hello\n\nworld\n", ""));
    }

    @Test
    void longLinesComeBackWhole() throws IOException {
        String lines = "x".repeat(65_536) + "\n" + "y".repeat(20_000) + "\nz\n";
        assertThat(talk(ECHO, lines)).isEqualTo(new Run(0, lines, ""));
    }

    @Test
    void longAnswerWithoutAnEndingIsTakenForWholeAfterAPause() throws IOException {
        String text = "x".repeat(5000);
        Handler<? super Connection> answer = new ChunkHandler(chunk -> text.getBytes(UTF_8));
        assertThat(talk(answer, "?\n")).isEqualTo(new Run(0, text + "\n", ""));
    }

    @Test
    void tooLongALineIsRefused() throws IOException {
        assertThat(talk(ECHO, "x".repeat(65_537) + "\n"))
                .isEqualTo(new Run(
                        1,
                        "",
                        "socketserver: a line of the input is too long: expected at most 65536 bytes"
                                + System.lineSeparator()));
    }

    @Test
    void serverThatHangsUpBeforeTheAnswer() throws IOException {
        Handler<Connection> once = connection -> connection.writeLine(String.valueOf(connection.readLine()));
        assertThat(talk(once, "hello\n").status()).isZero();
        // The kernel may tell of the second line as of an end, a reset or a broken pipe.
        Run run = talk(once, "hello\nworld\n");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("hello\n");
        assertThat(run.err().lines()).hasSize(1).first().asString().startsWith("socketserver: ");
    }

    @Test
    void serverThatNeverAnswers() throws IOException {
        Handler<Connection> silent = connection -> connection.input().transferTo(OutputStream.nullOutputStream());
        assertThat(talk(silent, "hello\n", "--timeout", "60ms"))
                .isEqualTo(new Run(1, "", "socketserver: no answer within 60ms" + System.lineSeparator()));
    }

    @Test
    void promptsAtATerminal() throws IOException {
        try (Server<Connection> server = start(ECHO)) {
            Run run = Run.atTerminal("hello\n", "connect", server.uri().toString());
            assertThat(run).isEqualTo(new Run(0, "> hello\n> " + System.lineSeparator(), ""));
        }
    }

    @Test
    void endsWhenNobodyReadsTheOutput() throws IOException {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        Lines err = new Lines();
        try (Server<Connection> server = start(ECHO)) {
            Stdio stdio = new Stdio(
                    new ByteArrayInputStream("hello\nworld\n".getBytes(UTF_8)),
                    new PrintStream(closed, false, UTF_8),
                    new PrintStream(err, true, UTF_8),
                    false);
            assertThat(Main.commandLine(stdio).execute("connect", server.uri().toString()))
                    .isEqualTo(1);
        }
    }

    private static Run talk(Handler<? super Connection> handler, String input, String... options) throws IOException {
        try (Server<Connection> server = start(handler)) {
            String[] args = new String[options.length + 2];
            args[0] = "connect";
            args[1] = server.uri().toString();
            System.arraycopy(options, 0, args, 2, options.length);
            return Run.withInput(input, args);
        }
    }

    private static Server<Connection> start(Handler<? super Connection> handler) throws IOException {
        return Server.on(Tcp.bind("localhost", 0))
                .dispatch(Dispatchers.threads())
                .onError((request, failure) -> {})
                .handle(handler)
                .start();
    }
}
