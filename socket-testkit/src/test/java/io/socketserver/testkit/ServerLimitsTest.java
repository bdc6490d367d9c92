package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketserver.api.Connection;
import io.socketserver.api.Handler;
import io.socketserver.api.Limits;
import io.socketserver.api.Observer.Refusal;
import io.socketserver.api.Server;
import io.socketserver.api.Server.State;
import io.socketserver.api.WhenFull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ServerLimitsTest {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final LeakCheck leaks = LeakCheck.begin();
    private final VirtualTime time = new VirtualTime();
    private final MemoryEndpoint endpoint =
            MemoryEndpoint.bind("test", MemoryOptions.defaults().time(time));
    private final Recorder seen = new Recorder();
    private final List<Connection> clients = new ArrayList<>();
    private final Semaphore goOn = new Semaphore(0);
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Handler<Connection> counting = connection -> {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        connection.writeLine("begun");
        goOn.acquire();
        now.decrementAndGet();
    };

    private Server<Connection> server(Limits limits) {
        return Server.on(endpoint)
                .time(time)
                .limits(limits)
                .dispatch(Strategy.THREADS.create())
                .observe(seen)
                .onError(seen)
                .handle(counting);
    }

    private void connect(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            clients.add(endpoint.connect());
        }
    }

    /** Connects until it is not refused: the place of a request is free a moment after its end is told. */
    private Connection connectWhenThereIsRoom() throws Exception {
        while (true) {
            Connection client = endpoint.connect();
            clients.add(client);
            if (client.readLine() != null) {
                return client;
            }
        }
    }

    private void assertBegun(Connection client) throws Exception {
        assertThat(client.readLine()).isEqualTo("begun");
    }

    private void assertEnds(Server<?> server) throws Exception {
        goOn.release(100);
        server.drain(GRACE);
        for (Connection client : clients) {
            client.close();
        }
        assertThat(seen.count("failed")).isZero();
        assertThat(server.statistics().active()).isZero();
    }

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    @Test
    void theCapIsExactAndTheRestWaits() throws Exception {
        var server = server(Limits.none().maxConnections(2)).start();
        connect(5);
        assertBegun(clients.get(0));
        assertBegun(clients.get(1));
        for (int next = 2; next < 5; next++) {
            assertThat(server.statistics().received()).isEqualTo(next);
            goOn.release();
            assertBegun(clients.get(next));
        }
        assertThat(most).hasValue(2);
        assertEnds(server);
        assertThat(server.statistics().received()).isEqualTo(5);
        assertThat(server.statistics().completed()).isEqualTo(5);
    }

    @Test
    void beyondTheCapIsRefusedIfItIsToBe() throws Exception {
        var server = server(Limits.none().maxConnections(2).whenFull(WhenFull.REFUSE))
                .start();
        connect(5);
        assertBegun(clients.get(0));
        assertBegun(clients.get(1));
        for (Connection refused : clients.subList(2, 5)) {
            assertThat(refused.readLine()).isNull();
        }
        assertThat(server.statistics().refused(Refusal.MAX_CONNECTIONS)).isEqualTo(3);
        goOn.release(1);
        connectWhenThereIsRoom();
        assertThat(most).hasValue(2);
        assertEnds(server);
        assertThat(server.statistics().accepted()).isEqualTo(3);
    }

    @Test
    void aPeerHasItsShareAndGetsItBack() throws Exception {
        var server = server(Limits.none().maxPerPeer(2)).start();
        connect(3);
        assertBegun(clients.get(0));
        assertBegun(clients.get(1));
        assertThat(clients.get(2).readLine()).isNull();
        assertThat(seen.count("refused MAX_PER_PEER")).isOne();
        goOn.release();
        connectWhenThereIsRoom();
        connect(1);
        assertThat(clients.get(clients.size() - 1).readLine()).isNull();
        assertThat(most).hasValue(2);
        assertEnds(server);
    }

    @Test
    void whatIsRefusedGivesItsPlaceBack() throws Exception {
        var server = Server.on(endpoint)
                .limits(Limits.none().maxConnections(1).maxPerPeer(1))
                .admitting(request -> false)
                .handle(counting)
                .start();
        connect(20);
        for (Connection client : clients) {
            assertThat(client.readLine()).isNull();
        }
        assertThat(server.statistics().refused(Refusal.NOT_ADMITTED)).isEqualTo(20);
        assertEnds(server);
    }

    @Test
    void whatTheDispatcherRejectsGivesItsPlaceBack() throws Exception {
        var dispatcher = Strategy.THREADS.create();
        dispatcher.close();
        var server = Server.on(endpoint)
                .limits(Limits.none().maxConnections(1).maxPerPeer(1))
                .dispatch(dispatcher)
                .onError(seen)
                .handle(counting)
                .start();
        connect(20);
        for (Connection client : clients) {
            assertThat(client.readLine()).isNull();
        }
        assertThat(server.statistics().refused(Refusal.REJECTED)).isEqualTo(20);
        assertThat(server.statistics().accepted()).isZero();
        assertEnds(server);
    }

    @Test
    void aSecondsWorthIsAcceptedAtOnceAndThenOneAtATime() throws Exception {
        var server = server(Limits.none().acceptRate(4)).start();
        connect(7);
        for (Connection client : clients.subList(0, 4)) {
            assertBegun(client);
        }
        for (Connection client : clients.subList(4, 7)) {
            time.awaitWaiter(Duration.ofMillis(250));
            assertThat(server.statistics().received()).isEqualTo(clients.indexOf(client));
            time.advance(Duration.ofMillis(250));
            assertBegun(client);
        }
        assertEnds(server);
    }

    @Test
    void tooFastIsRefusedIfItIsToBe() throws Exception {
        var server =
                server(Limits.none().acceptRate(2).whenFull(WhenFull.REFUSE)).start();
        connect(3);
        assertBegun(clients.get(0));
        assertBegun(clients.get(1));
        assertThat(clients.get(2).readLine()).isNull();
        assertThat(server.statistics().refused(Refusal.ACCEPT_RATE)).isOne();
        time.advance(Duration.ofMillis(500));
        connect(1);
        assertBegun(clients.get(3));
        assertEnds(server);
    }

    @Test
    void aFullServerStopsAndItsWaitingClientsAreRefused() throws Exception {
        var server = server(Limits.none().maxConnections(1)).start();
        connect(2);
        assertBegun(clients.get(0));
        server.shutdown();
        goOn.release();
        assertThat(server.awaitStopped(GRACE)).isTrue();
        assertEnds(server);
        assertThat(server.statistics().received()).isOne();
    }

    @Test
    void aFullServerPausesAndResumes() throws Exception {
        var server = server(Limits.none().maxConnections(1)).start();
        connect(2);
        assertBegun(clients.get(0));
        assertThat(server.pause()).isTrue();
        goOn.release();
        seen.await("ended");
        assertThat(server.state()).isEqualTo(State.PAUSED);
        assertThat(server.statistics().received()).isOne();
        assertThat(server.resume()).isTrue();
        assertBegun(clients.get(1));
        assertEnds(server);
    }

    @Test
    void serveOneDoesNotOutlastItsTimeWaitingForRoom() throws Exception {
        var server = server(Limits.none().maxConnections(1));
        connect(2);
        assertThat(server.serveOne(Duration.ZERO)).isTrue();
        Async<Boolean> second = Async.call(() -> server.serveOne(Duration.ofSeconds(5)));
        time.awaitWaiter(Duration.ofSeconds(5));
        time.advance(Duration.ofSeconds(5));
        assertThat(second.join()).isFalse();
        assertThat(seen.count("timed out")).isOne();
        assertThat(server.serveOne(Duration.ZERO)).isFalse();
        goOn.release();
        assertThat(server.serveOne(GRACE)).isTrue();
        assertEnds(server);
    }

    @Test
    void nothingThatComesWithinTheTimeLosesNoPlace() throws Exception {
        var server = server(Limits.none().maxConnections(1));
        for (int i = 0; i < 10; i++) {
            assertThat(server.serveOne(Duration.ZERO)).isFalse();
        }
        connect(1);
        assertThat(server.serveOne(Duration.ZERO)).isTrue();
        assertEnds(server);
    }

    @Test
    void wrongLimitsSayWhatIsRight() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limits.none().maxConnections(0))
                .withMessage("maxConnections must be 1 or more, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limits.none().peerPrefix(33, 64))
                .withMessage("a prefix must be from 0 to 32 bits, not 33");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limits.none().idleTimeout(Duration.ZERO))
                .withMessage("the idle timeout must be positive, not PT0S");
    }
}
