package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Handler;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.Server.State;
import io.socketserver.api.ServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class ServerContainmentTest {

    private final LeakCheck leaks = LeakCheck.begin();
    private final MemoryEndpoint endpoint = MemoryEndpoint.bind("test");
    private final Recorder seen = new Recorder();
    private final LogCapture log = new LogCapture();

    private ServerBuilder<Connection> on() {
        return Server.on(endpoint).observe(seen).onError(seen);
    }

    @AfterEach
    void leavesNothing() {
        log.close();
        leaks.assertNone();
    }

    /** Whether a server still answers. */
    private void assertServes(Server<?> server) throws Exception {
        try (Connection client = endpoint.connect()) {
            client.writeLine("hello");
            assertThat(client.readLine()).isEqualTo("hello");
        }
        assertThat(server.state()).isEqualTo(State.SERVING);
    }

    private static Handler<Connection> failing(Throwable failure) {
        return connection -> {
            String line = connection.readLine();
            if (line.equals("fail")) {
                throw sneaky(failure);
            }
            connection.writeLine(line);
        };
    }

    @SuppressWarnings("unchecked")
    static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
        throw (T) failure;
    }

    /** Sends what makes the handler fail, and waits until it has. */
    private void fail() throws Exception {
        try (Connection client = endpoint.connect()) {
            client.writeLine("fail");
            assertThat(client.readLine()).isNull();
        }
        seen.await("ended");
    }

    static final class OwnThrowable extends Throwable {
        private static final long serialVersionUID = 1L;
    }

    /** Fails when it is asked. */
    static final class OwnException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("it does not know");
        }
    }

    private static Throwable circle() {
        Exception first = new Exception("first");
        first.initCause(new Exception("second", first));
        return first;
    }

    static Stream<Arguments> failures() {
        return Stream.of(Strategy.values())
                .flatMap(strategy -> Stream.of(
                                new Exception("checked"),
                                new IOException("checked"),
                                new InterruptedException("checked"),
                                new IllegalStateException("unchecked"),
                                new AssertionError("error"),
                                new StackOverflowError("error"),
                                new OutOfMemoryError("error"),
                                new ThreadDeath(),
                                new LinkageError("error"),
                                new OwnThrowable(),
                                new OwnException(),
                                circle())
                        .map(failure -> Arguments.of(strategy, failure)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureCostsItsRequestOnly(Strategy strategy, Throwable failure) throws Exception {
        try (var server =
                on().dispatch(strategy.create()).handle(failing(failure)).start()) {
            fail();
            assertServes(server);
        }
        assertThat(seen.events())
                .startsWith(
                        "NEW -> SERVING",
                        "accepted",
                        "failed " + failure.getClass().getSimpleName(),
                        "ended");
        assertThat(seen.events().stream().filter(event -> event.startsWith("failed")))
                .hasSize(1);
        assertThat(log.messages()).isEmpty();
    }

    @SuppressWarnings("InfiniteRecursion") // that is what it is for
    private static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }

    @ParameterizedTest
    @EnumSource
    void aRealStackOverflowCostsItsRequestOnly(Strategy strategy) throws Exception {
        try (var server = on().dispatch(strategy.create())
                .handle(connection -> {
                    String line = connection.readLine();
                    connection.writeLine(line.equals("fail") ? "" + deeper(0) : line);
                })
                .start()) {
            fail();
            assertServes(server);
        }
        assertThat(seen.count("failed StackOverflowError")).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void aRealLackOfMemoryCostsItsRequestOnly(Strategy strategy) throws Exception {
        try (var server = on().dispatch(strategy.create())
                .handle(connection -> {
                    String line = connection.readLine();
                    connection.writeLine(line.equals("fail") ? "" + new long[Integer.MAX_VALUE].length : line);
                })
                .start()) {
            fail();
            assertServes(server);
        }
        assertThat(seen.count("failed OutOfMemoryError")).isOne();
    }

    @Test
    void anErrorCanBeAnswered() throws Exception {
        try (var server = on().onError((request, failure) -> {
                    try {
                        ((Connection) request).writeLine("sorry");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .handle(failing(new IllegalStateException()))
                .start()) {
            try (Connection client = endpoint.connect()) {
                client.writeLine("fail");
                assertThat(client.readLine()).isEqualTo("sorry");
                assertThat(client.readLine()).isNull();
            }
            assertServes(server);
        }
    }

    @Test
    void theDefaultErrorHandlerLogsOnce() throws Exception {
        try (var server = Server.on(endpoint)
                .observe(seen)
                .handle(failing(new IllegalStateException()))
                .start()) {
            fail();
            assertServes(server);
        }
        assertThat(log.messages()).singleElement().asString().matches("connection \\d+ with memory:test#1 failed");
        assertThat(log.traces()).isOne();
    }

    static Stream<Arguments> errorHandlers() {
        return Stream.of(Strategy.values())
                .flatMap(strategy ->
                        Stream.of("another", "the same", "error").map(what -> Arguments.of(strategy, what)));
    }

    @Test
    void aPeerThatBreaksTheFramingIsOneLineInTheLog() throws Exception {
        try (var server = Server.on(endpoint)
                        .observe(seen)
                        .handle(connection -> connection.readLine(3))
                        .start();
                Connection client = endpoint.connect()) {
            client.writeLine("long");
            seen.await("ended");
            assertThat(server.statistics().failed()).isOne();
        }
        assertThat(log.messages())
                .singleElement()
                .asString()
                .matches("connection \\d+ with memory:test#1 failed: line too long: .*");
        assertThat(log.traces()).isZero();
    }

    @ParameterizedTest
    @MethodSource("errorHandlers")
    void anErrorHandlerThatFailsIsContained(Strategy strategy, String what) throws Exception {
        var server = on().dispatch(strategy.create())
                .onError((request, failure) -> {
                    switch (what) {
                        case "another" -> throw new IllegalStateException(what);
                        case "the same" -> throw (RuntimeException) failure;
                        default -> throw new AssertionError(what);
                    }
                })
                .handle(failing(new IllegalArgumentException("original")))
                .start();
        try (server) {
            fail();
            assertServes(server);
        }
        assertThat(log.messages()).singleElement().asString().startsWith("connection ");
        assertThat(server.drain(java.time.Duration.ZERO).completed()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorHandlerThatRestoresAnInterruptDoesNotStopTheServer(Strategy strategy) throws Exception {
        try (var server = on().dispatch(strategy.create())
                .onError((request, failure) -> Thread.currentThread().interrupt())
                .handle(failing(new InterruptedException()))
                .start()) {
            fail();
            assertServes(server);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anObserverThatFailsIsContainedAndTheNextIsTold(Strategy strategy) throws Exception {
        Observer failing = new Observer() {
            @Override
            public void stateChanged(Server<?> server, State from, State to) {
                throw new IllegalStateException("observer");
            }

            @Override
            public void accepted(Request request) {
                throw new AssertionError("observer");
            }

            @Override
            public void ended(Request request) {
                throw new OutOfMemoryError("observer");
            }
        };
        try (var server = Server.on(endpoint)
                .dispatch(strategy.create())
                .observe(failing)
                .observe(seen)
                .handle(failing(new Exception()))
                .start()) {
            assertServes(server);
            seen.await("ended");
        }
        assertThat(seen.events())
                .containsExactly("NEW -> SERVING", "accepted", "ended", "SERVING -> DRAINING", "DRAINING -> CLOSED");
        assertThat(log.messages()).hasSize(5).allMatch(message -> message.endsWith(", an observer, failed"));
    }

    @ParameterizedTest
    @EnumSource
    void aPeerThatGoesAwayIsNoFailure(Strategy strategy) throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        AtomicInteger requests = new AtomicInteger();
        try (var server = on().dispatch(strategy.create())
                .handle(connection -> {
                    if (requests.incrementAndGet() == 1) {
                        gone.await();
                    }
                    connection.writeLine(String.valueOf(connection.readLine()));
                })
                .start()) {
            endpoint.connect().close();
            gone.countDown();
            seen.await("ended");
            assertServes(server);
        }
        assertThat(seen.events()).startsWith("NEW -> SERVING", "accepted", "disconnected", "ended");
        assertThat(seen.events()).noneMatch(event -> event.startsWith("failed"));
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void aDisconnectIsRecognizedBehindOtherExceptions() throws Exception {
        var gone = new DisconnectedException("gone", new IOException("broken pipe"));
        try (var server = on().handle(failing(new IllegalStateException(new UncheckedIOException(gone))))
                .start()) {
            fail();
            assertServes(server);
        }
        assertThat(seen.count("disconnected")).isOne();
        assertThat(seen.events()).noneMatch(event -> event.startsWith("failed"));
    }

    @Test
    void aRequestThatDoesNotCloseIsReportedUnlessItFailedBefore() throws Exception {
        // A datagram's reply is sent when it is closed, and nobody can receive this one.
        var datagrams =
                MemoryDatagramEndpoint.bind("test", MemoryOptions.defaults().backlog(1));
        try (var server = Server.on(datagrams).observe(seen).onError(seen).handle(datagram -> {
                    datagram.output().write('a');
                    if (!datagram.payload().hasRemaining()) {
                        throw new IllegalStateException();
                    }
                });
                var client = datagrams.client()) {
            for (byte[] payload : List.of(new byte[1], new byte[1], new byte[0])) {
                client.send(payload);
                assertThat(server.serveOne(java.time.Duration.ZERO)).isTrue();
            }
        }
        assertThat(seen.events())
                .containsSubsequence(
                        "accepted",
                        "ended",
                        "accepted",
                        "failed IOException closed",
                        "ended",
                        "accepted",
                        "failed IllegalStateException",
                        "ended");
        assertThat(seen.events().stream().filter(event -> event.startsWith("failed")))
                .hasSize(2);
    }
}
