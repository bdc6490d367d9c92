package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.Dispatcher;
import io.socketserver.api.DrainReport;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.Server.State;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class ServerDrainTest extends ServerFixture {

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration CUT_GRACE = Duration.ofMillis(200);

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

    @ParameterizedTest
    @EnumSource
    void whatIsAdmittedOnlyAfterTheGraceIsCutOff(Strategy strategy) throws Exception {
        CompletableFuture<Boolean> admits = new CompletableFuture<>();
        var server = on().admitting(request -> {
                    seen.note("asked");
                    return admits.join();
                })
                .dispatch(strategy.create())
                .handle(connection -> seen.note("handled"))
                .start();
        try (Connection client = endpoint.connect()) {
            seen.await("asked");
            Async<DrainReport> drain = Async.call(() -> server.drain(GRACE));
            time.awaitWaiter(GRACE);
            time.advance(GRACE);
            time.awaitWaiter(CUT_GRACE);
            admits.complete(true);
            assertThat(client.readLine()).isNull();
            assertThat(drain.join()).isEqualTo(new DrainReport(0, 1, 0, GRACE));
        }
        assertThat(seen.events())
                .containsSubsequence("asked", "accepted closed", "ended")
                .doesNotContain("handled");
        assertThat(seen.count("ended")).isOne();
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
}
