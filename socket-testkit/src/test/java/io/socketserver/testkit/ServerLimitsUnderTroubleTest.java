package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Limits;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.Server.State;
import io.socketserver.api.TimeLimit;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits and endings where several things go wrong at once. */
@Timeout(20)
class ServerLimitsUnderTroubleTest {

    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final Duration CUT_GRACE = Duration.ofMillis(200);

    private final LeakCheck leaks = LeakCheck.begin();
    private final MemoryEndpoint endpoint =
            MemoryEndpoint.bind("test", MemoryOptions.defaults().capacity(1024));
    private final Recorder seen = new Recorder();

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    private static void awaitIgnoringInterrupts(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // As a handler does that ends only when it likes.
            }
        }
    }

    @Test
    void cuttingOffARejectedRequestDoesNotInterruptTheAcceptingThread() throws Exception {
        VirtualTime time = new VirtualTime();
        Strategy.Threads full = new Strategy.Threads() {
            @Override
            public void execute(Runnable task) {
                throw new RejectedExecutionException("full");
            }
        };
        Server<Connection> server = Server.on(endpoint)
                .time(time)
                .limits(Limits.none().requestDeadline(SOON))
                .dispatch(full)
                .observe(seen)
                // More than the peer takes.
                .onError((request, failure) -> write(request, 4096))
                .handle(connection -> {})
                .start();
        for (int i = 0; i < 3; i++) {
            Connection client = endpoint.connect();
            // When this is here, it is being answered.
            assertThat(client.input().read()).isZero();
            time.advance(SOON);
            seen.await("ended", i + 1);
            client.close();
        }
        assertThat(server.state()).isEqualTo(State.SERVING);
        assertThat(seen.count("closed while it was answered")).isEqualTo(3);
        server.close();
    }

    private void write(Request request, int count) {
        try {
            request.output().write(new byte[count]);
        } catch (IOException e) {
            seen.note("closed while it was answered");
        }
    }

    @Test
    void whoAsksAgainAndAgainIsIdleAllTheSame() throws Exception {
        Server<Connection> server = Server.on(endpoint)
                .limits(Limits.none().idleTimeout(Duration.ofMillis(100)))
                .dispatch(Strategy.THREADS.create())
                .observe(seen)
                .handle(connection -> {
                    connection.readTimeout(Duration.ofMillis(5));
                    while (true) {
                        try {
                            connection.readLine();
                        } catch (SocketTimeoutException e) {
                            // Asks again.
                        }
                    }
                })
                .start();
        try (Connection client = endpoint.connect()) {
            assertThat(client.readLine()).isNull();
        }
        server.close();
        assertThat(seen.count(TimeLimit.IDLE_TIMEOUT.toString())).isOne();
    }

    @Test
    void aLongWriteThatGetsOnIsNotIdle() throws Exception {
        VirtualTime time = new VirtualTime();
        int much = 20 * 65_536;
        Server<Connection> server = Server.on(endpoint)
                .time(time)
                .limits(Limits.none().idleTimeout(Duration.ofSeconds(10)))
                .dispatch(Strategy.THREADS.create())
                .observe(seen)
                .handle(connection -> connection.write(new byte[much]))
                .start();
        try (Connection client = endpoint.connect()) {
            // A byte of the next piece shows that the one before it was seen to move.
            assertThat(client.input().readNBytes(1)).hasSize(1);
            for (int i = 0; i < 19; i++) {
                assertThat(client.input().readNBytes(65_536)).hasSize(65_536);
                time.advance(Duration.ofSeconds(9));
            }
            assertThat(client.input().readNBytes(65_535)).hasSize(65_535);
            assertThat(client.readLine()).isNull();
        }
        server.close();
        assertThat(server.statistics().completed()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void closingAgainDoesNotWaitForWhatWasAbandoned(Strategy strategy) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (Server<Connection> server = Server.on(endpoint)
                .dispatch(strategy.create())
                .observe(seen)
                .handle(connection -> {
                    seen.note("running");
                    awaitIgnoringInterrupts(end);
                })) {
            server.start();
            endpoint.connect().close();
            seen.await("running");
            assertThat(server.drain(SOON).abandoned()).isOne();
            assertThat(server.drain(LONG).elapsed()).isLessThan(LONG);
        }
        assertThat(seen.count("abandoned")).isOne();
        end.countDown();
        seen.await("ended");
    }

    @Test
    void closingAgainDoesNotWaitForAnAdmissionThatWasWaitedForInVain() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (Server<Connection> server = Server.on(endpoint)
                .observe(seen)
                .admitting(connection -> {
                    seen.note("asked");
                    awaitIgnoringInterrupts(end);
                    return true;
                })
                .handle(connection -> {})) {
            server.start();
            endpoint.connect().close();
            seen.await("asked");
            assertThat(server.drain(SOON).abandoned()).isZero();
            assertThat(server.awaitStopped(Duration.ZERO)).isFalse();
            assertThat(server.drain(LONG).elapsed()).isLessThan(LONG);
        }
        end.countDown();
        seen.await("refused REJECTED");
    }

    @Test
    void thatSomebodyElseIsGoneIsTheHandlersFailure() throws Exception {
        MemoryPair backend = MemoryPair.open();
        backend.server().close();
        Server<Connection> server = Server.on(endpoint)
                .observe(seen)
                .onError(seen)
                .handle(connection -> backend.client().writeLine("anybody there?"))
                .start();
        try (Connection client = endpoint.connect()) {
            assertThat(client.readLine()).isNull();
        }
        server.close();
        backend.client().close();
        assertThat(seen.count("disconnected")).isZero();
        assertThat(seen.count("failed " + DisconnectedException.class.getSimpleName()))
                .isOne();
    }

    @Test
    void anObserverMayCloseTheServerWhenItIsToldOfALimit() throws Exception {
        VirtualTime time = new VirtualTime();
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Server<Connection> server = Server.on(endpoint)
                .time(time)
                .limits(Limits.none().requestDeadline(SOON))
                .dispatch(Strategy.THREADS.create())
                .observe(seen)
                .observe(new Observer() {
                    @Override
                    public void abandoned(Request request) {
                        request.server().orElseThrow().close();
                        closed.countDown();
                    }
                })
                .handle(connection -> {
                    seen.note("running");
                    awaitIgnoringInterrupts(end);
                })
                .start();
        try (Connection client = endpoint.connect()) {
            seen.await("running");
            time.advance(SOON);
            // Until it is abandoned, and then until closing has waited for it.
            for (int wait = 0; wait < 2; wait++) {
                time.awaitWaiter(CUT_GRACE);
                time.advance(CUT_GRACE);
            }
            closed.await();
            assertThat(server.state()).isEqualTo(State.CLOSED);
            assertThat(client.readLine()).isNull();
        }
        end.countDown();
        seen.await("ended");
    }

    @Test
    void aServerIsNoDaemonWhoeverStartsIt() throws Exception {
        Server<Connection> server = Server.on(endpoint)
                .handle(connection -> connection.writeLine(
                        String.valueOf(Thread.currentThread().isDaemon())));
        Thread daemon = new Thread(server::start);
        daemon.setDaemon(true);
        daemon.start();
        daemon.join();
        try (Connection client = endpoint.connect()) {
            assertThat(client.readLine()).isEqualTo("false");
        }
        server.close();
    }

    @Test
    void anErrorOfTheTransportDoesNotEndTheServer() throws Exception {
        FailingEndpoint failing = new FailingEndpoint(endpoint) {
            private boolean failed;

            @Override
            public Connection accept(Duration timeout) throws IOException {
                if (!failed) {
                    failed = true;
                    throw new OutOfMemoryError("on purpose");
                }
                return super.accept(timeout);
            }
        };
        try (LogCapture log = new LogCapture();
                Server<Connection> server =
                        Server.on(failing).observe(seen).handle(connection -> connection.writeLine("hello"))) {
            server.start();
            try (Connection client = endpoint.connect()) {
                assertThat(client.readLine()).isEqualTo("hello");
            }
            assertThat(log.messages()).hasSize(2).anyMatch(line -> line.contains("on purpose"));
        }
    }
}
