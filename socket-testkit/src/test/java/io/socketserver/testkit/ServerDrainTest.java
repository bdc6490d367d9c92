package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Dispatcher;
import io.socketserver.api.DrainReport;
import io.socketserver.api.Handler;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.Server.State;
import io.socketserver.api.ServerBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class ServerDrainTest {

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration CUT_GRACE = Duration.ofMillis(200);
    private static final Handler<Connection> ECHO = connection -> connection.writeLine(connection.readLine());

    private final LeakCheck leaks = LeakCheck.begin();
    private final VirtualTime time = new VirtualTime();
    private final MemoryEndpoint endpoint =
            MemoryEndpoint.bind("test", MemoryOptions.defaults().time(time));
    private final Recorder seen = new Recorder();
    private final LogCapture log = new LogCapture();

    private ServerBuilder<Connection> on() {
        return Server.on(endpoint).time(time).observe(seen).onError(seen);
    }

    @AfterEach
    void leavesNothing() {
        log.close();
        leaks.assertNone();
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void aServerThatNeverServedReportsNothing() {
        var server = on().handle(ECHO);
        assertThat(server.drain(GRACE)).isEqualTo(new DrainReport(0, 0, 0, Duration.ZERO));
        assertThat(server.state()).isEqualTo(State.CLOSED);
        assertThat(seen.events()).containsExactly("NEW -> DRAINING", "DRAINING -> CLOSED");
    }

    @ParameterizedTest
    @EnumSource
    void requestsThatEndWithinTheGraceAreCompleted(Strategy strategy) throws Exception {
        var server = on().dispatch(strategy.create()).handle(ECHO).start();
        try (Connection client = endpoint.connect()) {
            seen.await("accepted");
            Async<DrainReport> drain = Async.call(() -> server.drain(GRACE));
            time.awaitWaiter(GRACE);
            assertThatThrownBy(endpoint::connect).isInstanceOf(ConnectException.class);
            assertThat(server.state()).isEqualTo(State.DRAINING);
            time.advance(Duration.ofSeconds(9));
            client.writeLine("just in time");
            assertThat(drain.join()).isEqualTo(new DrainReport(1, 0, 0, Duration.ofSeconds(9)));
            assertThat(client.readLine()).isEqualTo("just in time");
        }
        assertThat(server.state()).isEqualTo(State.CLOSED);
    }

    @ParameterizedTest
    @EnumSource
    void requestsThatReadAtTheGraceAreClosed(Strategy strategy) throws Exception {
        var server = on().dispatch(strategy.create()).handle(ECHO).start();
        try (Connection client = endpoint.connect()) {
            seen.await("accepted");
            Async<DrainReport> drain = Async.call(() -> server.drain(GRACE));
            time.awaitWaiter(GRACE);
            time.advance(GRACE);
            assertThat(drain.join()).isEqualTo(new DrainReport(0, 1, 0, GRACE));
            assertThat(client.readLine()).isNull();
        }
        assertThat(seen.events()).contains("ended").doesNotContain("failed AsynchronousCloseException");
        assertThat(seen.events()).noneMatch(event -> event.startsWith("failed"));
    }

    @ParameterizedTest
    @EnumSource
    void requestsThatWaitAtTheGraceAreInterrupted(Strategy strategy) throws Exception {
        var server = on().dispatch(strategy.create())
                .handle(connection -> {
                    seen.note("running");
                    new CountDownLatch(1).await();
                })
                .start();
        try (Connection client = endpoint.connect()) {
            seen.await("running");
            Async<DrainReport> drain = Async.call(() -> server.drain(GRACE));
            time.awaitWaiter(GRACE);
            time.advance(GRACE);
            assertThat(drain.join()).isEqualTo(new DrainReport(0, 1, 0, GRACE));
            assertThat(client.readLine()).isNull();
        }
        assertThat(seen.events()).noneMatch(event -> event.startsWith("failed"));
    }

    @ParameterizedTest
    @EnumSource
    void requestsThatDoNotEndAreAbandoned(Strategy strategy) throws Exception {
        CompletableFuture<Void> release = new CompletableFuture<>();
        // Waits through every interrupt.
        var server = on().dispatch(strategy.create())
                .handle(connection -> {
                    seen.note("running");
                    release.join();
                })
                .start();
        try (Connection client = endpoint.connect()) {
            seen.await("running");
            Async<DrainReport> drain = Async.call(() -> server.drain(GRACE));
            time.awaitWaiter(GRACE);
            time.advance(GRACE);
            time.awaitWaiter(CUT_GRACE);
            assertThat(client.readLine()).isNull();
            time.advance(CUT_GRACE);
            assertThat(drain.join()).isEqualTo(new DrainReport(0, 0, 1, GRACE.plus(CUT_GRACE)));
            assertThat(server.state()).isEqualTo(State.CLOSED);
        }
        release.complete(null);
        seen.await("ended");
        assertThat(server.awaitStopped(GRACE)).isTrue();
        assertThat(server.drain(GRACE)).isEqualTo(new DrainReport(0, 0, 1, Duration.ZERO));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCutOffWhileItIsToldOfEndsAfterThat(Strategy strategy) throws Exception {
        CompletableFuture<Void> release = new CompletableFuture<>();
        Observer slow = new Observer() {
            @Override
            public void accepted(Request request) {
                release.join();
            }
        };
        var server = Server.on(endpoint)
                .time(time)
                .admitting(request -> {
                    seen.note("admitted");
                    return true;
                })
                .observe(slow)
                .observe(seen)
                .dispatch(strategy.create())
                .handle(connection -> seen.note("handled"))
                .start();
        try (Connection client = endpoint.connect()) {
            seen.await("admitted");
            Async<DrainReport> drain = Async.call(() -> server.drain(GRACE));
            time.awaitWaiter(GRACE);
            time.advance(GRACE);
            time.awaitWaiter(CUT_GRACE);
            assertThat(client.readLine()).isNull();
            release.complete(null);
            assertThat(drain.join()).isEqualTo(new DrainReport(0, 1, 0, GRACE));
        }
        assertThat(seen.events()).containsSubsequence("admitted", "accepted closed", "ended");
        assertThat(seen.count("ended")).isOne();
        assertThat(seen.events()).doesNotContain("handled");
    }

    @Test
    void whatIsAdmittedOnlyAfterTheEndIsRefused() throws Exception {
        CompletableFuture<Boolean> admits = new CompletableFuture<>();
        var server = on().admitting(request -> {
                    seen.note("asked");
                    return admits.join();
                })
                .handle(connection -> seen.note("handled"))
                .start();
        try (Connection client = endpoint.connect()) {
            seen.await("asked");
            Async<DrainReport> drain = Async.call(() -> server.drain(GRACE));
            time.awaitWaiter(GRACE);
            time.advance(GRACE);
            time.awaitWaiter(CUT_GRACE);
            time.advance(CUT_GRACE);
            assertThat(drain.join().completed()).isZero();
            admits.complete(true);
            assertThat(client.readLine()).isNull();
        }
        assertThat(server.awaitStopped(GRACE)).isTrue();
        assertThat(seen.count("refused REJECTED")).isOne();
        assertThat(seen.events()).doesNotContain("accepted", "handled", "ended");
        assertThat(server.drain(GRACE)).isEqualTo(new DrainReport(0, 0, 0, Duration.ZERO));
    }

    @Test
    void eachRequestIsCountedOnce() throws Exception {
        CompletableFuture<Void> release = new CompletableFuture<>();
        Dispatcher telling = new Strategy.Threads() {
            @Override
            public void execute(Runnable task) {
                super.execute(() -> {
                    task.run();
                    seen.note("counted");
                });
            }
        };
        var server = on().dispatch(telling)
                .handle(connection -> {
                    String line = connection.readLine();
                    if (line.equals("abandon")) {
                        seen.note("running");
                        release.join();
                    } else if (line.equals("cut")) {
                        connection.readLine();
                    } else {
                        throw new IllegalStateException(line);
                    }
                })
                .start();
        List<Connection> clients = new ArrayList<>();
        for (String line : List.of("fail", "cut", "abandon", "cut", "fail", "fail")) {
            Connection client = endpoint.connect();
            clients.add(client);
            client.writeLine(line);
        }
        seen.await("failed IllegalStateException", 3);
        seen.await("ended", 3);
        seen.await("running");
        Async<DrainReport> drain = Async.call(() -> server.drain(GRACE));
        time.awaitWaiter(GRACE);
        time.advance(GRACE);
        seen.await("counted", 5);
        time.awaitWaiter(CUT_GRACE);
        time.advance(CUT_GRACE);
        assertThat(drain.join()).isEqualTo(new DrainReport(3, 2, 1, GRACE.plus(CUT_GRACE)));
        assertThat(drain.join()).hasToString("drained in 10200 ms: 3 completed, 2 closed at the grace, 1 abandoned");
        release.complete(null);
        for (Connection client : clients) {
            client.close();
        }
    }

    @Test
    void aRequestThatItsDispatcherNeverRanIsClosedAtTheGrace() throws Exception {
        List<Runnable> kept = new ArrayList<>();
        Dispatcher keeping = new Strategy.Threads() {
            @Override
            public void execute(Runnable task) {
                kept.add(task);
            }
        };
        var server = on().dispatch(keeping).handle(ECHO);
        try (Connection client = endpoint.connect()) {
            assertThat(server.serveOne(Duration.ZERO)).isTrue();
            assertThat(server.drain(Duration.ZERO)).isEqualTo(new DrainReport(0, 1, 0, Duration.ZERO));
            assertThat(client.readLine()).isNull();
            kept.get(0).run();
            assertThat(seen.count("ended")).isOne();
        }
    }

    @Test
    void clientsInTheBacklogAreReset() throws Exception {
        var server = on().handle(ECHO);
        try (Connection client = endpoint.connect()) {
            server.close();
            assertThatThrownBy(client::readLine).isInstanceOf(DisconnectedException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerThatDrainsDoesNotWaitForItself(Strategy strategy) throws Exception {
        CompletableFuture<DrainReport> report = new CompletableFuture<>();
        var server = on().dispatch(strategy.create()).handle(connection -> {
            report.complete(connection.server().orElseThrow().drain(GRACE));
            connection.writeLine("drained");
        });
        try (Connection client = endpoint.connect()) {
            server.serve();
            assertThat(report.get()).isEqualTo(new DrainReport(1, 0, 0, Duration.ZERO));
            assertThat(client.readLine()).isEqualTo("drained");
        }
        assertThat(server.awaitStopped(GRACE)).isTrue();
        assertThat(server.drain(GRACE).completed()).isOne();
        assertThat(server.state()).isEqualTo(State.CLOSED);
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerThatClosesDoesNotWaitForItself(Strategy strategy) throws Exception {
        var server = on().dispatch(strategy.create()).handle(connection -> {
            connection.server().orElseThrow().close();
            connection.writeLine("closed");
        });
        try (Connection client = endpoint.connect()) {
            server.serve();
            assertThat(client.readLine()).isEqualTo("closed");
        }
        assertThat(server.state()).isEqualTo(State.CLOSED);
    }

    /** Nor cut each other off: one that goes on after its close() is not in the way of the other's drain(). */
    @Test
    void twoHandlersThatEndTheirServerDoNotWaitForEachOther() throws Exception {
        // Often, since it matters in which order the two go on, and nothing outside can tell them.
        for (int round = 0; round < 2_000; round++) {
            twoEndTheirServer(MemoryEndpoint.bind());
        }
    }

    private void twoEndTheirServer(MemoryEndpoint own) throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        var server = Server.on(own)
                .dispatch(Strategy.THREADS.create())
                .handle(connection -> {
                    together.await();
                    if (connection.readLine().equals("close")) {
                        connection.server().orElseThrow().close();
                    } else {
                        connection.server().orElseThrow().drain(GRACE);
                    }
                    connection.writeLine("ended");
                })
                .start();
        try (Connection first = own.connect();
                Connection second = own.connect()) {
            first.writeLine("close");
            second.writeLine("drain");
            assertThat(first.readLine()).isEqualTo("ended");
            assertThat(second.readLine()).isEqualTo("ended");
        }
        assertThat(server.drain(GRACE).completed()).isEqualTo(2);
    }

    @Test
    void othersWaitForAHandlerThatEndsItsServer() throws Exception {
        var server = on().dispatch(Strategy.THREADS.create())
                .handle(connection -> {
                    if (connection.readLine().equals("close")) {
                        connection.server().orElseThrow().close();
                        connection.writeLine("closed");
                        connection.readLine();
                    }
                })
                .start();
        try (Connection closing = endpoint.connect();
                Connection other = endpoint.connect()) {
            seen.await("accepted", 2);
            closing.writeLine("close");
            seen.await("SERVING -> DRAINING");
            Async<DrainReport> drain = Async.call(() -> server.drain(GRACE));
            time.awaitWaiter(GRACE);
            other.writeLine("end");
            assertThat(closing.readLine()).isEqualTo("closed");
            time.advance(Duration.ofSeconds(1));
            closing.writeLine("end");
            assertThat(drain.join()).isEqualTo(new DrainReport(2, 0, 0, Duration.ofSeconds(1)));
        }
    }

    /** Closes its server as soon as it is told of one event. */
    private static final class Closing implements Observer {

        private final String event;

        Closing(String event) {
            this.event = event;
        }

        @Override
        public void stateChanged(Server<?> server, State from, State to) {
            end(to.name(), server);
        }

        @Override
        public void accepted(Request request) {
            end("accepted", request.server().orElseThrow());
        }

        @Override
        public void ended(Request request) {
            end("ended", request.server().orElseThrow());
        }

        @Override
        public void refused(Request request, Refusal reason) {
            end(reason.name(), request.server().orElseThrow());
        }

        @Override
        public void disconnected(Request request, DisconnectedException cause) {
            end("disconnected", request.server().orElseThrow());
        }

        @Override
        public void acceptFailed(Server<?> server, IOException failure, Duration pause) {
            end("acceptFailed", server);
        }

        private void end(String told, Server<?> server) {
            if (told.equals(event)) {
                server.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anObserverOfARequestMayCloseTheServer(Strategy strategy) throws Exception {
        for (String event : List.of("SERVING", "accepted", "ended", "DRAINING", "disconnected")) {
            MemoryEndpoint own = MemoryEndpoint.bind(event);
            Recorder told = new Recorder();
            var server = Server.on(own)
                    .dispatch(strategy.create())
                    .observe(told)
                    .observe(new Closing(event))
                    .onError(told)
                    .handle(connection -> {
                        connection.server().orElseThrow().shutdown();
                        throw new DisconnectedException("gone", new IOException("gone"));
                    });
            try (Connection client = own.connect()) {
                server.start();
                told.await("DRAINING -> CLOSED");
                assertThat(client.isOpen()).isTrue();
            }
            assertThat(server.awaitStopped(GRACE)).isTrue();
            var report = server.drain(GRACE);
            assertThat(told.count("accepted")).as(event).isEqualTo((int) report.completed());
            assertThat(told.count("ended") + told.count("ended open")).as(event).isEqualTo((int) report.completed());
        }
    }

    @Test
    void anObserverOfARefusalMayCloseTheServer() throws Exception {
        try (Connection client = endpoint.connect()) {
            var server = on().observe(new Closing("NOT_ADMITTED"))
                    .admitting(request -> false)
                    .handle(ECHO);
            server.serve();
            assertThat(server.state()).isEqualTo(State.CLOSED);
            assertThat(client.readLine()).isNull();
        }
    }

    @Test
    void anObserverOfAFailureToAcceptMayCloseTheServer() throws Exception {
        FailingEndpoint failing = new FailingEndpoint(endpoint);
        failing.fail(1);
        var server = Server.on(failing).observe(new Closing("acceptFailed")).handle(ECHO);
        server.serve();
        assertThat(server.state()).isEqualTo(State.CLOSED);
        assertThat(log.messages()).hasSize(1);
        log.messages().clear();
    }

    @Test
    void aPredicateMayCloseTheServer() throws Exception {
        try (Connection client = endpoint.connect()) {
            var server = on().admitting(connection -> {
                        connection.server().orElseThrow().close();
                        return false;
                    })
                    .handle(ECHO);
            server.serve();
            assertThat(server.state()).isEqualTo(State.CLOSED);
            assertThat(client.readLine()).isNull();
        }
    }

    @Test
    void closeWaitsForRequestsInFlight() throws Exception {
        var server = on().dispatch(Strategy.THREADS.create()).handle(ECHO).start();
        try (Connection client = endpoint.connect()) {
            seen.await("accepted");
            Async<Boolean> close = Async.run(server::close);
            seen.await("SERVING -> DRAINING");
            time.advance(Duration.ofDays(1));
            assertThat(server.state()).isEqualTo(State.DRAINING);
            client.writeLine("at last");
            assertThat(close.join()).isTrue();
            assertThat(client.readLine()).isEqualTo("at last");
        }
        assertThat(seen.events()).endsWith("ended", "DRAINING -> CLOSED");
    }

    @Test
    void closeDoesNotWaitIfItsDispatcherSaysSo() throws Exception {
        var server = on().dispatch(new Strategy.DaemonThreads())
                .handle(connection -> {
                    seen.note("running");
                    ECHO.handle(connection);
                })
                .start();
        try (Connection client = endpoint.connect()) {
            seen.await("running");
            server.close();
            assertThat(server.state()).isEqualTo(State.CLOSED);
            client.writeLine("still there");
            assertThat(client.readLine()).isEqualTo("still there");
        }
        assertThat(server.drain(GRACE)).isEqualTo(new DrainReport(1, 0, 0, Duration.ZERO));
        assertThat(seen.count("ended")).isOne();
    }

    @Test
    void anInterruptOfCloseCutsRequestsOff() throws Exception {
        var server = on().dispatch(Strategy.THREADS.create()).handle(ECHO).start();
        try (Connection client = endpoint.connect()) {
            seen.await("accepted");
            Async<Boolean> flag = Async.call(() -> {
                server.close();
                return Thread.currentThread().isInterrupted();
            });
            seen.await("SERVING -> DRAINING");
            flag.interrupt();
            assertThat(flag.join()).isTrue();
            assertThat(client.readLine()).isNull();
        }
        assertThat(server.drain(GRACE)).isEqualTo(new DrainReport(0, 1, 0, Duration.ZERO));
    }

    @Test
    void anInterruptOfDrainEndsTheGrace() throws Exception {
        var server = on().dispatch(Strategy.THREADS.create()).handle(ECHO).start();
        try (Connection client = endpoint.connect()) {
            seen.await("accepted");
            Thread.currentThread().interrupt();
            assertThat(server.drain(GRACE)).isEqualTo(new DrainReport(0, 1, 0, Duration.ZERO));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(client.readLine()).isNull();
        }
    }

    @Test
    void theInterruptOfACutDoesNotReachTheNextRequestOfAThread() throws Exception {
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        // One thread that runs a second task after the first.
        Dispatcher reusing = new Strategy.Threads() {
            @Override
            public void execute(Runnable task) {
                super.execute(() -> {
                    task.run();
                    flag.complete(Thread.currentThread().isInterrupted());
                });
            }
        };
        var server = on().dispatch(reusing)
                .handle(connection -> {
                    seen.note("running");
                    while (connection.isOpen()) {
                        Thread.onSpinWait();
                    }
                })
                .start();
        try (Connection client = endpoint.connect()) {
            seen.await("running");
            assertThat(server.drain(Duration.ZERO).closedAtGrace()).isOne();
            assertThat(flag.get()).isFalse();
            assertThat(client.readLine()).isNull();
        }
    }

    @Test
    void aDispatcherThatDoesNotCloseLeavesTheServerClosedAllTheSame() {
        Dispatcher broken = new Dispatcher() {
            @Override
            public void execute(Runnable task) {
                task.run();
            }

            @Override
            public void close() {
                throw new IllegalStateException("will not");
            }
        };
        Server<Connection> server = on().dispatch(broken).handle(connection -> {});
        assertThatThrownBy(server::close).hasMessage("will not");
        assertThat(server.state()).isEqualTo(State.CLOSED);
    }
}
