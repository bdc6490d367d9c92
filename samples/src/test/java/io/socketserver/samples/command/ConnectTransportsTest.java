package io.socketserver.samples.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Datagram;
import io.socketserver.api.Handler;
import io.socketserver.api.Server;
import io.socketserver.udp.Udp;
import io.socketserver.udp.UdpEndpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code connect} and {@code serve} over all transports, and what is peculiar to datagrams. */
@Timeout(60)
class ConnectTransportsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp", "unix", "unixgram"})
    void connectIsAnsweredByServe(String scheme) throws Exception {
        String address =
                scheme.startsWith("unix") ? scheme + ":" + folder.resolve("socket") : scheme + "://localhost:0";
        try (RunningServe serve = new RunningServe(URI.create(address), "--handler", "upper")) {
            assertThat(Run.withInput(
                            "hello\nworld\n\nnever sent\n",
                            "connect",
                            serve.uri().toString()))
                    .isEqualTo(new Run(0, "HELLO\nWORLD\n", ""));
            assertThat(serve.stop()).isZero();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void eachLineIsADatagramWithoutAnEnding() throws IOException {
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        Handler<Datagram> quote = datagram -> {
            received.add(UTF_8.decode(datagram.payload()).toString());
            datagram.send(ByteBuffer.wrap("yes\n".getBytes(UTF_8)));
        };
        assertThat(talk(quote, "hello\r\n\nworld", "--send-empty")).isEqualTo(new Run(0, "yes\nyes\nyes\n", ""));
        assertThat(received).containsExactly("hello", "", "world");
    }

    @Test
    void emptyAnswerIsAnEmptyLine() throws IOException {
        assertThat(talk(datagram -> datagram.send(datagram.payload()), "\n", "--send-empty"))
                .isEqualTo(new Run(0, "\n", ""));
    }

    @Test
    void noAnswerInTime() throws IOException {
        assertThat(talk(datagram -> {}, "hello\n", "--timeout", "60ms"))
                .isEqualTo(new Run(1, "", "socketserver: no answer within 60ms" + System.lineSeparator()));
    }

    @Test
    void tooLongAnAnswerIsNotTakenForWhole() throws IOException {
        Run run = talk(datagram -> datagram.send(ByteBuffer.allocate(8193)), "hello\n");
        assertThat(run)
                .isEqualTo(new Run(
                        1,
                        "",
                        "socketserver: the answer is longer than 8192 bytes: put max-packet-size=N into the URI's"
                                + " query to receive it whole" + System.lineSeparator()));
    }

    @Test
    void refusedDatagramIsToldInOneLine() throws IOException {
        String uri;
        try (UdpEndpoint free = Udp.bind("127.0.0.1", 0)) {
            uri = free.uri().toString();
        }
        Run run = Run.withInput("hello\n", "connect", uri);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("socketserver: ")
                .containsIgnoringCase("refused")
                .contains(uri.substring("udp://".length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix", "unixgram"})
    void missingSocketIsToldInOneLine(String scheme) {
        Run run = Run.withInput("hello\n", "connect", scheme + ":" + folder.resolve("socket"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("socketserver: cannot ")
                .endsWith("there is no such file, so no server is running there");
    }

    private static Run talk(Handler<Datagram> handler, String input, String... options) throws IOException {
        try (Server<Datagram> server =
                Server.on(Udp.bind("127.0.0.1", 0)).handle(handler).start()) {
            List<String> args = new ArrayList<>(List.of("connect", server.uri().toString()));
            args.addAll(List.of(options));
            return Run.withInput(input, args.toArray(String[]::new));
        }
    }
}
