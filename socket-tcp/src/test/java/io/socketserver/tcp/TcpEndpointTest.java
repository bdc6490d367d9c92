package io.socketserver.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.testkit.LeakCheck;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpEndpointTest {

    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    @Test
    void portZeroBecomesARealPort() throws Exception {
        try (Endpoint<Connection> endpoint = Tcp.bind("127.0.0.1", 0)) {
            int port = port(endpoint);
            assertThat(port).isPositive();
            assertThat(endpoint.uri()).hasToString("tcp://127.0.0.1:" + port);
        }
    }

    @Test
    void addressAndUriOutliveClosing() throws Exception {
        Endpoint<Connection> endpoint = Tcp.bind("127.0.0.1", 0);
        int port = port(endpoint);
        endpoint.close();
        endpoint.close();
        assertThat(port(endpoint)).isEqualTo(port);
        assertThat(endpoint.uri().getPort()).isEqualTo(port);
    }

    @Test
    void acceptGivesUpWhenTheTimeIsOver() throws Exception {
        try (Endpoint<Connection> endpoint = Tcp.bind("127.0.0.1", 0)) {
            assertThat(endpoint.accept(Duration.ZERO)).isNull();
            assertThat(endpoint.accept(Duration.ofSeconds(-1))).isNull();
            assertThat(endpoint.accept(Duration.ofNanos(1))).isNull();
        }
    }

    @Test
    void acceptedAndConnectedKnowEachOther() throws Exception {
        try (Endpoint<Connection> endpoint = Tcp.bind("127.0.0.1", 0);
                Connection client = Tcp.connect("127.0.0.1", port(endpoint));
                Connection server = endpoint.accept(FOREVER)) {
            assertThat(server.remoteAddress()).isEqualTo(client.localAddress());
            assertThat(server.localAddress()).isEqualTo(client.remoteAddress());
        }
    }

    @Test
    void aWakeupThatComesEarlyEndsTheNextAcceptAndNoMore() throws Exception {
        try (Endpoint<Connection> endpoint = Tcp.bind("127.0.0.1", 0)) {
            endpoint.wakeup();
            endpoint.wakeup();
            assertThat(endpoint.accept(FOREVER)).isNull();
            assertThat(endpoint.accept(Duration.ZERO)).isNull();
            try (Connection client = Tcp.connect("127.0.0.1", port(endpoint));
                    Connection server = endpoint.accept(FOREVER)) {
                assertThat(server.remoteAddress()).isEqualTo(client.localAddress());
            }
        }
    }

    @Test
    void aWakeupEndsAWaitingAccept() throws Exception {
        try (Endpoint<Connection> endpoint = Tcp.bind("127.0.0.1", 0)) {
            FutureTask<Connection> accept = new FutureTask<>(() -> endpoint.accept(FOREVER));
            Thread thread = new Thread(accept);
            thread.start();
            endpoint.wakeup();
            assertThat(accept.get()).isNull();
            thread.join();
        }
    }

    @Test
    void anInterruptEndsAcceptAndKeepsTheListener() throws Exception {
        try (Endpoint<Connection> endpoint = Tcp.bind("127.0.0.1", 0)) {
            Thread.currentThread().interrupt();
            Connection none = endpoint.accept(FOREVER);
            boolean kept = Thread.interrupted();
            assertThat(none).isNull();
            assertThat(kept).isTrue();
            try (Connection client = Tcp.connect("127.0.0.1", port(endpoint));
                    Connection server = endpoint.accept(FOREVER)) {
                client.writeLine("still there");
                assertThat(server.readLine()).isEqualTo("still there");
            }
        }
    }

    @Test
    void stoppingEndsAWaitingAcceptAndRefusesClients() throws Exception {
        try (Endpoint<Connection> endpoint = Tcp.bind("127.0.0.1", 0)) {
            CountDownLatch begun = new CountDownLatch(1);
            FutureTask<Connection> accept = new FutureTask<>(() -> {
                begun.countDown();
                return endpoint.accept(FOREVER);
            });
            Thread thread = new Thread(accept);
            thread.start();
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            endpoint.stopAccepting();
            assertThatThrownBy(accept::get).hasCauseInstanceOf(ClosedChannelException.class);
            thread.join();
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> endpoint.accept(Duration.ZERO));
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> Tcp.connect("127.0.0.1", port(endpoint)))
                    .withMessageContaining("tcp://127.0.0.1:" + port(endpoint));
        }
    }

    @Test
    void aPortIsFreeAgainAsSoonAsItIsClosed() throws Exception {
        int port;
        try (Endpoint<Connection> first = Tcp.bind("127.0.0.1", 0)) {
            port = port(first);
            Connection client = Tcp.connect("127.0.0.1", port);
            Connection server = first.accept(FOREVER);
            // The server's end closes first, so its address lingers in TIME_WAIT.
            server.close();
            assertThat(client.read(new byte[1])).isEqualTo(-1);
            client.close();
        }
        Tcp.bind("127.0.0.1", port).close();
    }

    @Test
    void aLingeringAddressIsTakenOnlyWithAddressReuse() throws Exception {
        int port;
        try (Endpoint<Connection> first = Tcp.bind("127.0.0.1", 0)) {
            port = port(first);
            Connection client = Tcp.connect("127.0.0.1", port);
            first.accept(FOREVER).close();
            assertThat(client.read(new byte[1])).isEqualTo(-1);
            client.close();
        }
        TcpOptions without = TcpOptions.defaults().reuseAddress(false);
        assertThatExceptionOfType(BindException.class).isThrownBy(() -> Tcp.bind("127.0.0.1", port, without));
    }

    @Test
    void aBusyPortIsNamed() throws Exception {
        try (Endpoint<Connection> first = Tcp.bind("127.0.0.1", 0)) {
            assertThatExceptionOfType(BindException.class)
                    .isThrownBy(() -> Tcp.bind("127.0.0.1", port(first)))
                    .withMessage("cannot listen on tcp://127.0.0.1:" + port(first) + ": Address already in use");
        }
    }

    @Test
    void anUnknownHostIsNamed() {
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> Tcp.bind("no-such-host.invalid", 0))
                .withMessage("unknown host: no-such-host.invalid");
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> Tcp.connect("no-such-host.invalid", 1))
                .withMessage("unknown host: no-such-host.invalid");
    }

    @Test
    void endpointsShareAPortWithPortReuse() throws Exception {
        TcpOptions shared = TcpOptions.defaults().reusePort(true);
        try (Endpoint<Connection> first = Tcp.bind("127.0.0.1", 0, shared);
                Endpoint<Connection> second = Tcp.bind("127.0.0.1", port(first), shared)) {
            assertThat(port(second)).isEqualTo(port(first));
        }
    }

    @Test
    void ipv4sWildcardIsIpv4Alone() throws Exception {
        try (Endpoint<Connection> endpoint = Tcp.bind("0.0.0.0", 0)) {
            assertThat(((InetSocketAddress) endpoint.address()).getAddress()).isInstanceOf(Inet4Address.class);
            Tcp.connect("127.0.0.1", port(endpoint)).close();
            endpoint.accept(FOREVER).close();
            assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> Tcp.connect("::1", port(endpoint)));
        }
    }

    @Test
    void noHostMeansBothFamilies() throws Exception {
        Ipv6.assume();
        try (Endpoint<Connection> endpoint = Tcp.bind(0)) {
            Tcp.connect("127.0.0.1", port(endpoint)).close();
            endpoint.accept(FOREVER).close();
            Tcp.connect("::1", port(endpoint)).close();
            endpoint.accept(FOREVER).close();
            assertThat(endpoint.uri()).hasToString("tcp://[::]:" + port(endpoint));
        }
    }

    @Test
    void ipv6IsWrittenInBrackets() throws Exception {
        Ipv6.assume();
        try (Endpoint<Connection> endpoint = Tcp.bind("::1", 0)) {
            assertThat(((InetSocketAddress) endpoint.address()).getAddress()).isInstanceOf(Inet6Address.class);
            assertThat(endpoint.uri()).hasToString("tcp://[::1]:" + port(endpoint));
        }
    }

    private static int port(Endpoint<Connection> endpoint) {
        return ((InetSocketAddress) endpoint.address()).getPort();
    }
}
