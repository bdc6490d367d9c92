package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.Handler;
import io.socketserver.api.framing.MessageHandler;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TranscriptTest {

    /** Answers in upper case, for five minutes at most; leaves at "bye". */
    private static final Handler<Connection> UPPER = connection -> {
        connection.readTimeout(Duration.ofMinutes(5));
        try {
            for (String line; (line = connection.readLine()) != null && !line.equals("bye"); ) {
                connection.writeLine(line.toUpperCase(Locale.ROOT));
            }
        } catch (SocketTimeoutException e) {
            connection.writeLine("asleep");
            throw e;
        }
    };

    private static final String ASLEEP = """
            client> "hello\\n"
                    "\\t\\"é\\"\\x00\\xff\\n"
            server> "HELLO\\n"
                    "\\t\\"É\\"\\x00\\xef\\xbf\\xbd\\n"
            client> hex 00 01 02 fe 0a
            server> hex 00 01 02 ef bf bd 0a
            server> nothing
            client> idle PT5M
            server> "asleep\\n"
            server> fail java.net.SocketTimeoutException
            """;

    private final LeakCheck leaks = LeakCheck.begin();

    @TempDir
    private Path folder;

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    @Test
    void whatIsWrittenIsReplayed() {
        Transcript transcript = Transcript.parse(ASLEEP);
        assertThat(transcript).hasToString(ASLEEP);
        transcript.replay(Script.of(UPPER));
        transcript.replay(Script.of(UPPER));
    }

    @Test
    void textIsTextInEveryLanguage() {
        String text = "client> \"é漢😀\\xf0\\x9f\"\n";
        assertThat(Transcript.parse(text)).hasToString(text);
    }

    @Test
    void whatWasPlayedIsWrittenToAFileAndReplayed() throws IOException {
        Path file = folder.resolve("talk.txt");
        Script script = Script.of(UPPER);
        script.send("a\nb").expect("A\n").send("\n").endInput();
        assertThat(script.text()).isEqualTo("B\n");
        script.expectOutputEnded();
        script.expectClosed();
        script.transcript().write(file);
        assertThat(file).hasContent("""
                        client> "a\\n"
                                "b"
                        server> "A\\n"
                        client> "\\n"
                        client> end
                        server> "B\\n"
                        server> end
                        server> close
                        """);
        Transcript.read(file).replay(Script.of(UPPER));
    }

    @Test
    void exchangesAreWritten() throws Exception {
        Exchange exchange = Exchange.of("a\n", "b\n").with(UPPER);
        assertThat(exchange.transcript()).hasToString("""
                        client> "a\\n"
                        client> "b\\n"
                        client> end
                        server> "A\\n"
                                "B\\n"
                        server> close
                        """);
        exchange.transcript().replay(Script.of(UPPER));
        assertThat(Exchange.datagram("a")
                        .with(request -> request.output().write('b'))
                        .transcript())
                .hasToString("client> \"a\"\nserver> \"b\"\n");
    }

    @Test
    void everyMarkIsAStep() {
        Transcript.parse("client> \"a\\n\"\nserver> \"A\\n\"\nclient> reset\nserver> close")
                .replay(Script.of(UPPER));
        Transcript.parse("client> \"a\\n\"\nclient> close").replay(Script.of(UPPER));
        Transcript.parse("client> \"bye\\n\"\nserver> end\nserver> close").replay(Script.of(UPPER));
    }

    @Test
    void commentsAndEmptyLinesMeanNothing() {
        Transcript.parse("# a talk\r\n\r\nclient> \"a\\n\"\r\n  \r\n#\nserver> \"A\\n\"\r\n")
                .replay(Script.of(UPPER));
        Transcript.parse("").replay(Script.of(UPPER));
    }

    @Test
    void datagramsAndMessagesAreReplayedToo() {
        String text = "client> \"a\"\nclient> \"\"\nserver> \"a\"\nserver> \"\"\nserver> nothing\nclient> close\n";
        MessageHandler echo = (message, replies) -> replies.send(message);
        Transcript.parse(text).replay(Script.messages(echo));
        DatagramScript script = Script.datagrams(request -> request.send(request.payload()));
        Transcript.parse(text).replay(script);
        assertThat(script.transcript()).hasToString(text);
        Transcript.parse("client> \"a\"\nserver> fail java.io.IOException").replay(Script.datagrams(request -> {
            throw new IOException();
        }));
        assertThatThrownBy(() -> Transcript.parse("client> end").replay(Script.datagrams(request -> {})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 1: datagrams do not have client> end");
    }

    @Test
    void errorsNameLinesOfTheFile() throws IOException {
        Path file = folder.resolve("talk.txt");
        Files.writeString(file, "# a talk\nclient> \"a\\n\"\n\nserver> \"B\\n\"\n");
        Transcript transcript = Transcript.read(file);
        assertThatThrownBy(() -> transcript.replay(Script.of(UPPER)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("line 4 of talk.txt has failed: server> \"B\\n\"\n")
                .hasMessageContaining("000000  42 0a                    B.       | 41 0a                    A.\n")
                .hasMessageEndingWith("before that:\n    line 2 of talk.txt: client> \"a\\n\"");
    }

    @Test
    void aHandlerThatFailsAfterTheLastLineFailsTheReplay() {
        assertThatThrownBy(() -> Transcript.parse("client> \"a\\n\"").replay(Script.of(connection -> {
                    connection.readLine();
                    throw new IllegalStateException("too late");
                })))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("too late");
    }

    @Test
    void nothingFollowsTheEnd() {
        assertThatThrownBy(
                        () -> Transcript.parse("client> close\n\nclient> \"a\"").replay(Script.of(UPPER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 3: nothing follows the end of a conversation, but client> \"a\" does");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    clint> "a"            | a line begins with 'client> ', 'server> ', # or white space, not as clint> "a"
                    "a"                   | a line begins with
                    client>"a"            | a line begins with
                    client> ende          | after 'client> ' there is "text", hex and digits, end, close, reset, or idle
                    server> reset         | after 'server> ' there is "text", hex and digits, nothing, end, close, or fail
                    client> "a            | the closing quote is missing in "a
                    client> "a" "b"       | nothing may follow the closing quote, but  "b" does
                    client> "\\q"         | \\q is no escape; those are \\n \\r \\t \\" \\\\ and \\x with two hex digits
                    client> "\\x1"        | \\x is no escape
                    client> "a\\          | \\ is no escape
                    client> hex 0         | hex needs two digits for each byte, not 0
                    client> hex 0g        | hex needs two digits for each byte, not 0g
                    client> idle 5        | a duration is written as PT5M or PT0.2S, not as 5
                    """)
    void whatIsMalformedIsNamed(String line, String message) throws IOException {
        Path file = folder.resolve("talk.txt");
        Files.writeString(file, "\n" + line + "\n");
        assertThatThrownBy(() -> Transcript.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 2 of talk.txt: " + message);
    }

    @Test
    void aContinuationNeedsSomethingToContinue() {
        assertThatThrownBy(() -> Transcript.parse("  \"a\""))
                .hasMessageContaining("line 1: a line that begins with white space goes on with bytes");
        assertThatThrownBy(() -> Transcript.parse("client> end\n  \"a\""))
                .hasMessageContaining("line 2: a line that begins with white space");
        assertThatThrownBy(() -> Transcript.parse("client> \"a\"\n  end"))
                .hasMessageContaining("line 2: expected \"text\" or hex digits after the word hex, not end");
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws IOException {
        Path file = folder.resolve("talk.txt");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> Transcript.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("talk.txt is no transcript, since it is not text in UTF-8");
        assertThatThrownBy(() -> Transcript.read(folder.resolve("none"))).isInstanceOf(IOException.class);
    }
}
