package io.socketserver.samples.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Handler;
import io.socketserver.api.Limits;
import io.socketserver.api.Observer.Refusal;
import io.socketserver.api.Server;
import io.socketserver.api.Statistics;
import io.socketserver.api.WhenFull;
import io.socketserver.concurrent.Dispatchers;
import io.socketserver.tcp.Tcp;
import io.socketserver.tcp.TcpOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** More clients than the server takes. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullServerTest {

    private static final int CLIENTS = 2000;
    private static final int CAP = 100;
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final List<Connection> clients = new ArrayList<>();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Handler<Connection> counting = connection -> {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        connection.writeLine(String.valueOf(connection.readLine()));
        now.decrementAndGet();
    };

    @AfterEach
    void closes() throws IOException {
        for (Connection client : clients) {
            client.close();
        }
    }

    private static Server<Connection> server(Limits limits, Handler<Connection> handler) throws IOException {
        return Server.on(Tcp.bind("127.0.0.1", 0, TcpOptions.defaults().backlog(CLIENTS)))
                .limits(limits)
                .dispatch(Dispatchers.threads())
                .handle(handler);
    }

    private void connectAll(Server<Connection> server) throws IOException {
        InetSocketAddress address = (InetSocketAddress) server.address();
        for (int i = 0; i < CLIENTS; i++) {
            Connection client = Tcp.connect(address.getHostString(), address.getPort());
            clients.add(client);
        }
    }

    /** Talks to the server on each connection; returns how many were answered. */
    private int talk() throws IOException {
        int answered = 0;
        for (Connection client : clients) {
            try {
                client.writeLine("hello");
                answered += "hello".equals(client.readLine()) ? 1 : 0;
            } catch (DisconnectedException refused) {
                assertThat(refused).hasMessageContaining("the peer is gone");
            }
        }
        return answered;
    }

    @Test
    void beyondTheCapTheyWaitInTheBacklogAndAreServedAfterwards() throws Exception {
        try (Server<Connection> server = server(Limits.none().maxConnections(CAP), counting)) {
            connectAll(server);
            server.start();
            assertThat(talk()).isEqualTo(CLIENTS);
            assertThat(most).hasValueLessThanOrEqualTo(CAP);
            assertThat(server.drain(GRACE).completed()).isEqualTo(CLIENTS);
        }
    }

    @Test
    void beyondTheCapTheyAreRefused() throws Exception {
        Limits limits = Limits.none().maxConnections(CAP).whenFull(WhenFull.REFUSE);
        try (Server<Connection> server = server(limits, counting)) {
            connectAll(server);
            server.start();
            int answered = talk();
            server.drain(GRACE);
            Statistics statistics = server.statistics();
            assertThat(answered).isGreaterThanOrEqualTo(CAP).isEqualTo((int) statistics.completed());
            assertThat(statistics.refused(Refusal.MAX_CONNECTIONS)).isEqualTo(CLIENTS - answered);
            assertThat(most).hasValueLessThanOrEqualTo(CAP);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs 127.0.0.2")
    void anotherAddressIsServedWhileOneHasItsShare() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Handler<Connection> waiting = connection -> {
            connection.writeLine("served");
            goOn.await();
        };
        try (Server<Connection> server = server(Limits.none().maxPerPeer(20), waiting)) {
            server.start();
            int port = ((InetSocketAddress) server.address()).getPort();
            int served = 0;
            for (int i = 0; i < 50; i++) {
                Connection client = Tcp.connect("127.0.0.1", port);
                clients.add(client);
                served += "served".equals(client.readLine()) ? 1 : 0;
            }
            assertThat(served).isEqualTo(20);
            assertThat(server.statistics().refused(Refusal.MAX_PER_PEER)).isEqualTo(30);
            long begun = System.nanoTime();
            try (Socket other = new Socket("127.0.0.1", port, InetAddress.getByName("127.0.0.2"), 0)) {
                assertThat(new String(other.getInputStream().readNBytes(6), StandardCharsets.US_ASCII))
                        .isEqualTo("served");
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
            Soak.figure("another address served after " + elapsed.toMillis() + " ms");
            if (Soak.ON) {
                assertThat(elapsed).isLessThan(Duration.ofMillis(100));
            }
            goOn.countDown();
        }
    }
}
