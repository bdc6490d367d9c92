package io.socketserver.samples.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Transports;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageChannel;
import io.socketserver.samples.Ctime;
import io.socketserver.samples.UpperClients;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the options of {@code serve} do. */
@Timeout(60)
class ServeTest {

    @ParameterizedTest
    @CsvSource({"echo, Hello", "upper, HELLO"})
    void handlerIsTheOneChosen(String handler, String answer) throws Exception {
        try (RunningServe serve = new RunningServe("--handler", handler);
                Connection connection = Transports.connect(serve.uri())) {
            connection.writeLine("Hello");
            assertThat(connection.readLine()).isEqualTo(answer);
        }
    }

    @Test
    void timeIsNow() throws Exception {
        try (RunningServe serve = new RunningServe("--handler", "time");
                Connection connection = Transports.connect(serve.uri())) {
            connection.writeLine("?");
            String answer = new String(connection.input().readNBytes(24), US_ASCII);
            assertThat(Ctime.parse(answer))
                    .isCloseTo(LocalDateTime.now(ZoneId.systemDefault()), Assertions.within(10, ChronoUnit.SECONDS));
        }
    }

    @Test
    void threadsServeClientsAtOnce() throws Exception {
        try (RunningServe serve = new RunningServe("--handler", "upper")) {
            assertThat(UpperClients.askAtOnce(serve.uri().getHost(), serve.uri().getPort(), 20))
                    .hasSize(20)
                    .allMatch(UpperClients.Reply::right);
        }
    }

    @Test
    void sequentialServesOneAfterTheOther() throws Exception {
        try (RunningServe serve = new RunningServe("--concurrency", "sequential", "--verbose")) {
            try (Connection first = Transports.connect(serve.uri())) {
                first.writeLine("1");
                assertThat(first.readLine()).isEqualTo("1");
                try (Connection second = Transports.connect(serve.uri())) {
                    second.writeLine("2");
                    first.writeLine("1 again");
                    assertThat(first.readLine()).isEqualTo("1 again");
                    first.shutdownOutput();
                    assertThat(second.readLine()).isEqualTo("2");
                }
            }
            assertThat(serve.err.next()).startsWith("opened: ");
            assertThat(serve.err.next()).startsWith("closed: ");
            assertThat(serve.err.next()).startsWith("opened: ");
        }
    }

    @Test
    void verboseTellsOfOpeningAndClosing() throws Exception {
        try (RunningServe serve = new RunningServe("--verbose")) {
            String peer;
            try (Connection connection = Transports.connect(serve.uri())) {
                peer = ":" + ((InetSocketAddress) connection.localAddress()).getPort();
            }
            assertThat(serve.err.next()).startsWith("opened: connection ").endsWith(peer);
            assertThat(serve.err.next()).startsWith("closed: connection ").endsWith(peer);
        }
    }

    @Test
    void verboseTellsOfAPeerThatIsGone() throws Exception {
        try (RunningServe serve = new RunningServe("--verbose")) {
            try (Socket socket = new Socket(serve.uri().getHost(), serve.uri().getPort())) {
                assertThat(serve.err.next()).startsWith("opened: ");
                // Closing then sends a reset.
                socket.setSoLinger(true, 0);
            }
            assertThat(serve.err.next()).startsWith("disconnected: connection ").contains("the peer is gone");
            assertThat(serve.err.next()).startsWith("closed: ");
        }
    }

    @Test
    void readTimeoutHangsUpAndIsTold() throws Exception {
        try (RunningServe serve = new RunningServe("--read-timeout", "50ms", "--verbose");
                Connection connection = Transports.connect(serve.uri())) {
            assertThat(connection.readLine()).isNull();
            assertThat(serve.err.next()).startsWith("opened: ");
            assertThat(serve.err.next()).startsWith("timed out: ").endsWith(": its read timeout is over");
            assertThat(serve.err.next()).startsWith("closed: ");
        }
    }

    @Test
    void endsWithTheReportAndNothingElse() throws Exception {
        try (RunningServe serve = new RunningServe("--read-timeout", "50ms")) {
            try (Connection connection = Transports.connect(serve.uri())) {
                assertThat(connection.readLine()).isNull();
            }
            assertThat(serve.stop()).isZero();
            assertThat(serve.out.next()).matches("drained in \\d+ ms: 1 completed, 0 closed at the grace, 0 abandoned");
            assertThat(serve.out.isEmpty()).isTrue();
            assertThat(serve.err.isEmpty()).isTrue();
        }
    }

    @Test
    void graceEndsClientsThatStay() throws Exception {
        try (RunningServe serve = new RunningServe("--drain-grace", "100ms");
                Connection connection = Transports.connect(serve.uri())) {
            connection.writeLine("here");
            assertThat(connection.readLine()).isEqualTo("here");
            assertThat(serve.stop()).isZero();
            assertThat(connection.readLine()).isNull();
            assertThat(serve.out.next()).endsWith("0 completed, 1 closed at the grace, 0 abandoned");
        }
    }

    @Test
    void backlogReachesTheTransport() {
        assertThat(Run.of("serve", "tcp://localhost:0", "--backlog", "0").status())
                .isEqualTo(2);
    }

    @Test
    void limitsAreKept() throws Exception {
        try (RunningServe serve =
                        new RunningServe("--max-connections", "1", "--when-full", "refuse", "--concurrency", "pool");
                Connection first = Transports.connect(serve.uri())) {
            first.writeLine("here");
            assertThat(first.readLine()).isEqualTo("here");
            try (Connection second = Transports.connect(serve.uri())) {
                assertThat(second.readLine()).isNull();
            }
        }
    }

    @Test
    void aDeadlineEndsAClientThatIsStillTalking() throws Exception {
        try (RunningServe serve = new RunningServe("--request-deadline", "50ms", "--verbose");
                Connection connection = Transports.connect(serve.uri())) {
            assertThat(connection.readLine()).isNull();
            assertThat(serve.err.next()).startsWith("opened: ");
            assertThat(serve.err.next()).startsWith("timed out: ").endsWith(": its request deadline is over");
        }
    }

    @Test
    void statisticsAreALineForEachPeriod() throws Exception {
        try (RunningServe serve = new RunningServe("--stats", "20ms");
                Connection connection = Transports.connect(serve.uri())) {
            connection.writeLine("here");
            assertThat(connection.readLine()).isEqualTo("here");
            String line = serve.out.next();
            while (!line.startsWith("stats: 1 received, 0 refused, 1 active, ")) {
                // It is received a moment before it is active.
                assertThat(line).matches("stats: (0 received|1 received, 0 refused, 0 active), .*");
                line = serve.out.next();
            }
            while (!line.endsWith("5 bytes in, 5 bytes out")) {
                line = serve.out.next();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "threads", "pool", "process", "event-loop"})
    void eachMessageIsAnsweredByOneInTheSameFraming(String concurrency) throws Exception {
        try (RunningServe serve = new RunningServe(
                        "--handler",
                        "upper",
                        "--framing",
                        "length",
                        "--max-frame",
                        "100",
                        "--concurrency",
                        concurrency);
                MessageChannel client = MessageChannel.of(Transports.connect(serve.uri()), Framing.lengthPrefix(4))) {
            for (String message : List.of("hello", "", "world")) {
                client.write(US_ASCII.encode(message));
            }
            client.flush();
            for (String answer : List.of("HELLO", "", "WORLD")) {
                assertThat(US_ASCII.decode(client.receive()).toString()).isEqualTo(answer);
            }
            client.send(ByteBuffer.allocate(101));
            assertThat(client.receive()).isNull();
        }
    }
}
