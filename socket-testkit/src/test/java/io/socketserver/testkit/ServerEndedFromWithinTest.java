package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.DrainReport;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.Server.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that is ended by those whom it calls: handlers, observers, the predicate. */
@Timeout(20)
class ServerEndedFromWithinTest extends ServerFixture {

    private static final Duration GRACE = Duration.ofSeconds(10);

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
}
