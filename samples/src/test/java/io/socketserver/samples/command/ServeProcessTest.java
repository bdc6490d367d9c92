package io.socketserver.samples.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.Transports;
import io.socketserver.samples.UpperClients;
import io.socketserver.tcp.Tcp;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code serve} as it is used: a process that signals stop. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs signals")
class ServeProcessTest {

    @Test
    void servesManyAtOnceAndEndsWithTheReport() throws Exception {
        try (Child serve = Child.socketserver("serve", "tcp://localhost:0", "--handler", "upper")) {
            URI uri = serve.listeningOn();
            assertThat(UpperClients.askAtOnce(uri.getHost(), uri.getPort(), 50))
                    .hasSize(50)
                    .allMatch(UpperClients.Reply::right);

            serve.signal("TERM");

            assertThat(serve.nextLine())
                    .matches("drained in \\d+ ms: 50 completed, 0 closed at the grace, 0 abandoned");
            assertThat(serve.nextLine()).isNull();
            assertThat(serve.status()).isZero();
            assertThat(serve.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void clientIsAnsweredWhileItDrains(String signal) throws Exception {
        try (Child serve = Child.socketserver("serve", "tcp://localhost:0", "--drain-grace", "30s")) {
            URI uri = serve.listeningOn();
            assumeFalse(signal.equals("INT") && serve.ignoresInt(), "INT is ignored by whoever runs this test");
            try (Connection connection = Transports.connect(uri)) {
                connection.writeLine("before");
                assertThat(connection.readLine()).isEqualTo("before");
                serve.signal(signal);
                awaitRefusal(uri);
                connection.writeLine("after");
                assertThat(connection.readLine()).isEqualTo("after");
            }
            // Those that asked whether it still accepts are counted as well.
            assertThat(serve.nextLine())
                    .matches("drained in \\d+ ms: \\d+ completed, 0 closed at the grace, 0 abandoned");
            assertThat(serve.status()).isZero();
        }
    }

    @Test
    void endsAlsoWhenNobodyReadsItsOutput() throws Exception {
        try (Child serve = Child.socketserver("serve", "tcp://localhost:0", "--verbose")) {
            URI uri = serve.listeningOn();
            serve.closeOutputs();
            try (Connection connection = Transports.connect(uri)) {
                connection.writeLine("hello");
                assertThat(connection.readLine()).isEqualTo("hello");
            }
            serve.signal("TERM");
            assertThat(serve.status()).isZero();
        }
    }

    @Test
    void failureToBindKeepsItsStatus() throws Exception {
        try (Endpoint<Connection> taken = Tcp.bind("localhost", 0);
                Child serve = Child.socketserver("serve", taken.uri().toString())) {
            assertThat(serve.status()).isEqualTo(1);
            assertThat(serve.errors().lines()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void aFamilyThatThisJavaHasNoSocketsOfIsNamed(String scheme) throws Exception {
        String uri = scheme + "://[::1]:0";
        try (Child serve = Child.socketserverWithOptions(List.of("-Djava.net.preferIPv4Stack=true"), "serve", uri)) {
            assertThat(serve.status()).isEqualTo(1);
            assertThat(serve.errors())
                    .startsWith("socketserver: cannot ")
                    .endsWith(" on " + uri + ": this Java has no sockets of its family" + System.lineSeparator());
        }
    }

    /** Once connections are refused the server has begun to drain. */
    private static void awaitRefusal(URI uri) throws IOException {
        try {
            while (true) {
                Transports.connect(uri).close();
            }
        } catch (ConnectException refused) {
            // Or reset, in the moment in which it stops.
            assertThat(refused).hasMessageContaining("cannot connect to " + uri);
        }
    }
}
