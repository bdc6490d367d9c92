package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Dispatcher;
import io.socketserver.api.DrainReport;
import io.socketserver.api.Limits;
import io.socketserver.api.Server;
import io.socketserver.api.Server.State;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What close() waits for, and what ends its waiting. */
@Timeout(20)
class ServerCloseTest extends ServerFixture {

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration CUT_GRACE = Duration.ofMillis(200);

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
    void whoAlreadyWaitsIsToldThatARequestIsAbandoned() throws Exception {
        CompletableFuture<Void> others = new CompletableFuture<>();
        CompletableFuture<Void> release = new CompletableFuture<>();
        var server = on().dispatch(Strategy.THREADS.create())
                .limits(Limits.none().requestDeadline(GRACE))
                .handle(connection -> {
                    others.join();
                    connection.server().orElseThrow().close();
                    seen.note("closed");
                    release.join();
                })
                .start();
        try (Connection client = endpoint.connect()) {
            time.awaitWaiter(GRACE);
            Async<Boolean> close = Async.run(server::close);
            seen.await("SERVING -> DRAINING");
            others.complete(null);
            seen.await("closed");
            assertThat(server.state()).isEqualTo(State.CLOSED);
            time.advance(GRACE);
            assertThat(client.readLine()).isNull();
            time.awaitWaiter(CUT_GRACE);
            time.advance(CUT_GRACE);
            seen.await("abandoned");
            assertThat(close.join()).isTrue();
            release.complete(null);
            seen.await("ended");
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
