package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Endpoint;
import io.socketserver.api.Limits;
import io.socketserver.api.Server;
import io.socketserver.api.TimeLimit;
import io.socketserver.api.TimeSource;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class NetworkTest extends NetworkFixture {

    @Test
    void fiveIdleMinutesTakeNoTimeAndAreExact() throws Exception {
        TimeSource real = TimeSource.system();
        long begun = real.nanoTime();
        try (Network network = Network.seeded(1);
                Server<Connection> server = Server.on(network.bind("echo"))
                        .time(network.time())
                        .limits(Limits.none().idleTimeout(Duration.ofMinutes(5)))
                        .handle(NetworkFixture::echo)
                        .start();
                Connection client = network.connect("echo")) {
            network.pass(Duration.ofMinutes(3));
            client.writeLine("still here");
            assertThat(client.readLine()).isEqualTo("still here");
            assertThat(client.readLine()).isNull();
            assertThat(network.time().nanoTime())
                    .isEqualTo(Duration.ofMinutes(8).toNanos());
            assertThat(server.statistics().timedOut(TimeLimit.IDLE_TIMEOUT)).isEqualTo(1);
        }
        // It takes a tenth of a second; more is for machines that have something else to do.
        assertThat(Duration.ofNanos(real.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aWriterWaitsForAReaderAndForTheNetwork() throws Exception {
        try (Network network = Network.seeded(1);
                Endpoint<Connection> endpoint =
                        network.bind("here", MemoryOptions.defaults().capacity(100));
                Connection client = network.connect("here");
                Connection server = endpoint.accept(Duration.ZERO)) {
            client.writeTimeout(Duration.ofSeconds(3));
            // As many have arrived as are on their way.
            client.write(new byte[200]);
            assertThatThrownBy(() -> client.write(new byte[1])).isInstanceOf(SocketTimeoutException.class);
            assertThat(millis(network)).isEqualTo(3000);
            assertThat(server.read(new byte[70])).isEqualTo(70);
            client.write(new byte[70]);
        }
    }

    @Test
    void aRefusalIsAnError() throws Exception {
        try (Network network = Network.seeded(1, SLOW)) {
            assertThatThrownBy(() -> network.connect("nowhere"))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("nobody is at nowhere");
            assertThat(millis(network)).isEqualTo(20);
            Endpoint<Connection> endpoint =
                    network.bind("here", MemoryOptions.defaults().backlog(1));
            Connection first = network.connect("here");
            assertThatThrownBy(() -> network.connect("here"))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("backlog");
            assertThatThrownBy(() -> network.bind("here")).isInstanceOf(BindException.class);
            endpoint.close();
            assertThatThrownBy(() -> first.read(new byte[1])).isInstanceOf(DisconnectedException.class);
            assertThatThrownBy(() -> network.connect("here")).isInstanceOf(ConnectException.class);
            network.bind("here").close();
        }
    }

    @Test
    void aHostIsAPeer() throws Exception {
        try (Network network = Network.seeded(1);
                Server<Connection> server = Server.on(network.bind("echo"))
                        .time(network.time())
                        .limits(Limits.none().maxPerPeer(1))
                        .dispatch(Strategy.THREADS.create())
                        .handle(NetworkFixture::echo)
                        .start();
                Connection first = network.connect("alice", "echo");
                Connection refused = network.connect("alice", "echo");
                Connection other = network.connect("bob", "echo")) {
            assertThat(refused.readLine()).isNull();
            for (Connection client : List.of(first, other)) {
                client.writeLine("hello");
                assertThat(client.readLine()).isEqualTo("hello");
            }
            assertThat(other.localAddress()).hasToString("memory:bob#1");
            assertThat(server.statistics().accepted()).isEqualTo(2);
        }
    }

    @Test
    void timeStandsStillWhileAThreadWorks() throws Exception {
        try (Network network = Network.seeded(1);
                Endpoint<Connection> endpoint = network.bind("here");
                Connection client = network.connect("here");
                Connection server = endpoint.accept(Duration.ZERO)) {
            client.readTimeout(Duration.ofSeconds(1));
            CountDownLatch reading = new CountDownLatch(1);
            Async<String> reader = Async.call(() -> {
                reading.countDown();
                return client.readLine();
            });
            reading.await();
            // A second of virtual time would have passed at once, had this thread waited.
            for (int i = 0; i < 1_000_000; i++) {
                Thread.onSpinWait();
            }
            server.writeLine("in time");
            assertThat(reader.join()).isEqualTo("in time");
            assertThat(network.time().nanoTime()).isZero();
        }
    }

    @Test
    void aThreadThatWaitsElsewhereDoesNotStopTheTime() throws Exception {
        try (Network network = Network.seeded(1)) {
            CountDownLatch never = new CountDownLatch(1);
            ReentrantLock lock = new ReentrantLock();
            Condition condition = lock.newCondition();
            Async<Boolean> latch = Async.call(() -> {
                never.await();
                return true;
            });
            Async<Boolean> signal = Async.call(() -> {
                lock.lock();
                try {
                    while (never.getCount() > 0) {
                        condition.await();
                    }
                    return true;
                } finally {
                    lock.unlock();
                }
            });
            Async<Boolean> join = Async.call(() -> {
                latch.thread().join();
                return true;
            });
            network.pass(Duration.ofDays(3));
            assertThat(millis(network)).isEqualTo(Duration.ofDays(3).toMillis());
            never.countDown();
            lock.lock();
            try {
                condition.signalAll();
            } finally {
                lock.unlock();
            }
            assertThat(latch.join() && signal.join() && join.join()).isTrue();
        }
    }

    @Test
    void interruptsEndWaits() throws Exception {
        try (Network network = Network.seeded(1)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> network.connect("here")).isInstanceOf(ClosedByInterruptException.class);
            assertThat(Thread.interrupted()).isTrue();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> network.pass(Duration.ofSeconds(1))).isInstanceOf(InterruptedException.class);
            assertThat(millis(network)).isZero();
        }
    }

    @Test
    void whoGivesUpConnectingHangsUp() throws Exception {
        try (Network network = Network.seeded(1, SLOW);
                Endpoint<Connection> endpoint = network.bind("here")) {
            Async<Connection> connecting = Async.call(() -> network.connect("here"));
            // It is here, and the answer is not there yet.
            Connection server = endpoint.accept(Duration.ofHours(1));
            connecting.interrupt();
            assertThatThrownBy(connecting::join).isInstanceOf(ClosedByInterruptException.class);
            server.readTimeout(Duration.ofHours(1));
            assertThat(server.read(new byte[1])).isEqualTo(-1);
        }
    }

    @Test
    void whoWritesWithoutEndIsToldThatNobodyReads() throws Exception {
        try (Network network = Network.seeded(1);
                Endpoint<Connection> endpoint = network.bind("here");
                Connection client = network.connect("here")) {
            endpoint.accept(Duration.ZERO).close();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            client.write(new byte[1000]);
                        }
                    })
                    .isInstanceOf(DisconnectedException.class);
        }
    }

    @Test
    void closingItEndsAllButEndpoints() throws Exception {
        Network network = Network.seeded(1, SLOW);
        try (Endpoint<Connection> endpoint = network.bind("here");
                Endpoint<Datagram> datagrams = network.bindDatagram("there")) {
            Connection client = network.connect("here");
            DatagramClient sender = network.openDatagram("there");
            sender.send(new byte[1]);
            Async<Connection> connecting = Async.call(() -> network.connect("here"));
            network.pass(Duration.ofMillis(5));
            network.close();
            network.close();
            assertThatThrownBy(() -> client.read(new byte[1])).isInstanceOf(DisconnectedException.class);
            assertThatThrownBy(() -> endpoint.accept(Duration.ZERO).read(new byte[1]))
                    .isInstanceOf(DisconnectedException.class);
            assertThatThrownBy(connecting::join)
                    .as("who was on the way")
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("nobody is at here");
            assertThatThrownBy(sender::receive).isInstanceOf(ClosedChannelException.class);
            assertThatThrownBy(() -> network.bind("more")).isInstanceOf(ClosedChannelException.class);
            assertThatThrownBy(() -> network.connect("here")).isInstanceOf(ClosedChannelException.class);
            assertThat(endpoint.accept(Duration.ofHours(1))).isNull();
            assertThat(datagrams.accept(Duration.ofHours(1))).isNull();
        }
    }

    @Test
    void aServerOutlivesItsNetwork() throws Exception {
        Network network = Network.seeded(1);
        try (LogCapture log = new LogCapture();
                Server<Connection> streams = Server.on(network.bind("echo"))
                        .time(network.time())
                        .handle(NetworkFixture::echo)
                        .start();
                Server<Datagram> datagrams = Server.on(network.bindDatagram("echo"))
                        .time(network.time())
                        .handle(datagram -> datagram.input().transferTo(datagram.output()))
                        .start()) {
            Connection client = network.connect("echo");
            client.writeLine("hello");
            assertThat(client.readLine()).isEqualTo("hello");
            network.close();
            network.pass(Duration.ofHours(1));
            assertThat(streams.state()).isEqualTo(Server.State.SERVING);
            assertThat(datagrams.state()).isEqualTo(Server.State.SERVING);
            assertThat(streams.drain(Duration.ofSeconds(1)).completed()).isEqualTo(1);
            assertThat(log.messages()).isEmpty();
        }
    }
}
