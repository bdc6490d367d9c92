package io.socketserver.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.testkit.LeakCheck;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(30)
class TcpConnectTest {

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    @Test
    void everyAddressOfTheHostIsTried() throws Exception {
        // A name like localhost may stand for ::1 and 127.0.0.1, and only the last of them listens here.
        try (Endpoint<Connection> endpoint = Tcp.bind("127.0.0.1", 0);
                Connection client = Tcp.connect("localhost", port(endpoint), Duration.ofSeconds(10));
                Connection server = endpoint.accept(ChronoUnit.FOREVER.getDuration())) {
            assertThat(client.remoteAddress()).isEqualTo(server.localAddress());
        }
    }

    @Test
    void aTimeoutMayBeForEver() throws Exception {
        try (Endpoint<Connection> endpoint = Tcp.bind("127.0.0.1", 0);
                Connection client = Tcp.connect("127.0.0.1", port(endpoint), ChronoUnit.FOREVER.getDuration())) {
            assertThat(client.isOpen()).isTrue();
        }
    }

    @Test
    void anInterruptIsNobodysRefusal() throws Exception {
        try (Endpoint<Connection> endpoint = Tcp.bind("127.0.0.1", 0)) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(ClosedByInterruptException.class)
                    .isThrownBy(() -> Tcp.connect("127.0.0.1", port(endpoint)));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aRefusalNamesTheTarget() throws Exception {
        int port;
        try (Endpoint<Connection> endpoint = Tcp.bind("127.0.0.1", 0)) {
            port = port(endpoint);
        }
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> Tcp.connect("127.0.0.1", port))
                .withMessage("cannot connect to tcp://127.0.0.1:" + port + ": Connection refused");
    }

    /** Sooner or later the system gives the client the port that it connects to; Linux tries the even ones first. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void nobodyIsConnectedWithItself() throws Exception {
        int port;
        try (Endpoint<Connection> endpoint = Tcp.bind("127.0.0.1", 0)) {
            port = port(endpoint) & ~1;
        }
        for (int attempt = 0; attempt < 30_000; attempt++) {
            try (Connection other = Tcp.connect("127.0.0.1", port)) {
                // Somebody may have taken the port since.
                assertThat(other.localAddress()).isNotEqualTo(other.remoteAddress());
            } catch (ConnectException e) {
                assertThat(e).hasMessageEndingWith("Connection refused");
            }
        }
    }

    @Test
    void aServerWhoseBacklogIsFullIsGivenUpInTime() throws Exception {
        try (Endpoint<Connection> full =
                Tcp.bind("127.0.0.1", 0, TcpOptions.defaults().backlog(1))) {
            List<Connection> waiting = new ArrayList<>();
            try {
                assertThatExceptionOfType(SocketTimeoutException.class)
                        .isThrownBy(() -> {
                            while (true) {
                                waiting.add(Tcp.connect("127.0.0.1", port(full), Duration.ofMillis(200)));
                            }
                        })
                        .withMessage("cannot connect to tcp://127.0.0.1:" + port(full) + ": no answer within 200 ms");
            } finally {
                for (Connection connection : waiting) {
                    connection.close();
                }
            }
            assertThat(waiting)
                    .as("the backlog that was asked for, and the one more of Linux")
                    .hasSizeBetween(1, 2);
        }
    }

    @Test
    void badArgumentsSayWhatIsAllowed() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Tcp.connect("localhost", 70_000))
                .withMessage("a port must be from 0 to 65535, not 70000");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Tcp.connect("localhost", 1, Duration.ofSeconds(-1)))
                .withMessageContaining("must be zero (the system's) or more");
    }

    private static int port(Endpoint<Connection> endpoint) {
        return ((InetSocketAddress) endpoint.address()).getPort();
    }
}
