package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server.State;
import io.socketserver.api.ServerBuilder;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class ServerLifecycleTest extends ServerFixture {

    @Test
    void servesOneRequestAfterTheOther() throws Exception {
        try (var server = on().handle(ECHO).start()) {
            assertThat(ask("one")).isEqualTo("one");
            assertThat(ask("two")).isEqualTo("two");
            seen.await("ended", 2);
            assertThat(server.state()).isEqualTo(State.SERVING);
            assertThat(server).hasToString("server on memory:test (SERVING)");
            assertThat(server.address()).isEqualTo(endpoint.address());
            assertThat(server.uri()).isEqualTo(endpoint.uri());
        }
        assertThat(seen.events())
                .containsExactly(
                        "NEW -> SERVING",
                        "accepted",
                        "ended",
                        "accepted",
                        "ended",
                        "SERVING -> DRAINING",
                        "DRAINING -> CLOSED");
    }

    @Test
    void requestsKnowTheirServer() throws Exception {
        CompletableFuture<Request> request = new CompletableFuture<>();
        try (var server = on().handle(request::complete).start();
                var client = endpoint.connect()) {
            assertThat(request.get().server()).containsSame(server);
            assertThat(request.get().draining()).isFalse();
            assertThat(client.server()).isEmpty();
            server.shutdown();
            assertThat(request.get().draining()).isTrue();
            assertThat(client.draining()).isFalse();
        }
    }

    @Test
    void shutdownBeforeServeMakesItReturnAtOnce() throws Exception {
        try (var server = on().handle(ECHO)) {
            var early = endpoint.connect();
            server.shutdown();
            server.serve();
            assertThat(server.state()).isEqualTo(State.DRAINING);
            assertThatThrownBy(early::readLine).isInstanceOf(DisconnectedException.class);
            assertThatThrownBy(endpoint::connect).isInstanceOf(ConnectException.class);
        }
        assertThat(seen.events()).containsExactly("NEW -> DRAINING", "DRAINING -> CLOSED");
    }

    @Test
    void shutdownBeforeStartAndServeOneMakesThemReturnAtOnce() throws Exception {
        try (var server = on().handle(ECHO)) {
            server.shutdown();
            assertThat(server.start().serveOne(LONG)).isFalse();
            assertThatThrownBy(endpoint::connect).isInstanceOf(ConnectException.class);
        }
        assertThat(seen.count("timed out")).isZero();
    }

    @Test
    void startAfterShutdownRefusesClients() {
        try (var server = on().handle(ECHO)) {
            server.shutdown();
            server.start();
            assertThatThrownBy(endpoint::connect).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void shutdownTwiceIsShutdownOnce() throws Exception {
        try (var server = on().handle(ECHO).start()) {
            server.shutdown();
            server.shutdown();
            assertThat(server.awaitStopped(LONG)).isTrue();
            server.shutdown();
        }
        assertThat(seen.count("SERVING -> DRAINING")).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void shutdownFromAHandler(Strategy strategy) throws Exception {
        try (var server = on().dispatch(strategy.create()).handle(connection -> {
            connection.server().orElseThrow().shutdown();
            connection.writeLine("bye");
        })) {
            var client = endpoint.connect();
            server.serve();
            assertThat(client.readLine()).isEqualTo("bye");
        }
    }

    @Test
    void shutdownFromAnObserver() throws Exception {
        Observer ending = new Observer() {
            @Override
            public void accepted(Request request) {
                request.server().orElseThrow().shutdown();
            }
        };
        try (var server = on().observe(ending).handle(connection -> connection.writeLine("bye"))) {
            var client = endpoint.connect();
            server.serve();
            assertThat(client.readLine()).isEqualTo("bye");
        }
    }

    @Test
    void aClosedServerDoesNotServe() {
        var server = on().handle(ECHO);
        server.close();
        server.close();
        assertThatThrownBy(server::serve)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("serve()")
                .hasMessageContaining("CLOSED");
        assertThatThrownBy(server::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("start()")
                .hasMessageContaining("CLOSED");
        assertThatThrownBy(() -> server.serveOne(Duration.ZERO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("serveOne()")
                .hasMessageContaining("CLOSED");
        assertThat(server.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void aServerIsServedByOneThread() throws Exception {
        CompletableFuture<Throwable> nested = new CompletableFuture<>();
        try (var server = on().handle(connection -> {
                    var own = connection.server().orElseThrow();
                    assertThatThrownBy(own::serve)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("SERVING");
                    nested.complete(null);
                })
                .start()) {
            assertThatThrownBy(server::serve)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("serve()")
                    .hasMessageContaining("SERVING, served by thread 'server on memory:test'");
            assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);
            server.pause();
            assertThatThrownBy(() -> server.serveOne(Duration.ZERO))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("PAUSED");
            server.resume();
            var client = endpoint.connect();
            assertThat(nested.get()).isNull();
            client.close();
        }
    }

    @Test
    void startServesOnAThreadThatKeepsTheProcessAlive() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        try (var server = on().handle(connection -> thread.complete(Thread.currentThread()));
                var client = endpoint.connect()) {
            assertThat(server.start()).isSameAs(server);
            assertThat(thread.get().getName()).isEqualTo("server on memory:test");
            assertThat(thread.get().isDaemon()).isFalse();
            assertThat(client.readLine()).isNull();
        }
    }

    @Test
    void anInterruptOfServeIsAShutdownThatKeepsTheFlag() throws Exception {
        try (var server = on().handle(ECHO)) {
            Async<Boolean> flag = Async.call(() -> {
                server.serve();
                return Thread.currentThread().isInterrupted();
            });
            seen.await("NEW -> SERVING");
            flag.interrupt();
            assertThat(flag.join()).isTrue();
            assertThat(server.state()).isEqualTo(State.DRAINING);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRequestAcceptedTogetherWithAnInterruptIsHandled(Strategy strategy) throws Exception {
        // The endpoint returns what is there even so, and keeps the flag.
        assertHandlesAndStops(
                on().dispatch(strategy.create()), () -> Thread.currentThread().interrupt());
    }

    @ParameterizedTest
    @EnumSource
    void aRequestAdmittedTogetherWithAnInterruptIsHandled(Strategy strategy) throws Exception {
        var interrupting = on().dispatch(strategy.create()).admitting(request -> {
            Thread.currentThread().interrupt();
            return true;
        });
        assertHandlesAndStops(interrupting, () -> {});
    }

    private void assertHandlesAndStops(ServerBuilder<Connection> builder, Runnable first) throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        try (var server = builder.handle(connection -> {
                    interrupted.complete(Thread.currentThread().isInterrupted());
                    connection.writeLine("done");
                });
                var client = endpoint.connect()) {
            Async<Boolean> flag = Async.call(() -> {
                first.run();
                server.serve();
                return Thread.currentThread().isInterrupted();
            });
            assertThat(client.readLine()).isEqualTo("done");
            assertThat(interrupted.get()).isFalse();
            assertThat(flag.join()).isTrue();
            assertThat(server.state()).isEqualTo(State.DRAINING);
        }
    }

    @Test
    void aHandlerThatInterruptsItselfDoesNotStopASequentialServer() throws Exception {
        try (var server = on().handle(connection -> {
                    connection.writeLine(connection.readLine());
                    Thread.currentThread().interrupt();
                })
                .start()) {
            assertThat(ask("one")).isEqualTo("one");
            assertThat(ask("two")).isEqualTo("two");
            assertThat(server.state()).isEqualTo(State.SERVING);
        }
    }

    @Test
    void awaitStoppedDoesNotShutDown() throws Exception {
        try (var server = on().handle(ECHO).start()) {
            assertThat(server.awaitStopped(Duration.ZERO)).isFalse();
            Async<Boolean> stopped = Async.call(() -> server.awaitStopped(Duration.ofSeconds(1)));
            time.awaitWaiter(Duration.ofSeconds(1));
            time.advance(Duration.ofSeconds(1));
            assertThat(stopped.join()).isFalse();
            assertThat(server.state()).isEqualTo(State.SERVING);
        }
    }

    @Test
    void awaitStoppedWaitsForRequestsInFlight() throws Exception {
        try (var server = on().dispatch(Strategy.THREADS.create()).handle(ECHO).start();
                Connection client = endpoint.connect()) {
            seen.await("accepted");
            server.shutdown();
            Async<Boolean> stopped = Async.call(() -> server.awaitStopped(Duration.ofSeconds(1)));
            time.awaitWaiter(Duration.ofSeconds(1));
            client.writeLine("late");
            assertThat(stopped.join()).isTrue();
            assertThat(client.readLine()).isEqualTo("late");
        }
    }

    @Test
    void anEndpointClosedBySomebodyElseEndsTheServer() throws Exception {
        try (var server = on().handle(ECHO)) {
            Async<Boolean> serving = Async.run(server::serve);
            seen.await("NEW -> SERVING");
            endpoint.close();
            assertThatThrownBy(serving::join).isInstanceOf(ClosedChannelException.class);
            assertThat(server.state()).isEqualTo(State.DRAINING);
            assertThat(server.awaitStopped(LONG)).isTrue();
        }
    }
}
