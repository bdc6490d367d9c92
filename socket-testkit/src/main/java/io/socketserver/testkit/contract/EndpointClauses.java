package io.socketserver.testkit.contract;

import static io.socketserver.testkit.contract.Stage.FOREVER;

import io.socketserver.api.Endpoint;
import io.socketserver.api.Request;
import io.socketserver.api.TimeSource;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;

/** Accepting, of whatever kind: it waits, can be woken, and ends. */
final class EndpointClauses {

    private static final Duration SOON = Duration.ofMillis(20);

    private EndpointClauses() {}

    static <R extends Request> List<Clause<Stage<R>>> all() {
        return List.of(
                new Clause<>("accept time-out", EndpointClauses::timeout),
                new Clause<>("close unblocks accept", EndpointClauses::closeUnblocks),
                new Clause<>("wakeup ends accept", EndpointClauses::wakeupEnds),
                new Clause<>("wakeup is sticky", EndpointClauses::wakeupIsSticky),
                new Clause<>("interrupted accept", EndpointClauses::interrupt),
                new Clause<>("accept after close", EndpointClauses::afterClose),
                new Clause<>("double close of an endpoint", EndpointClauses::doubleClose),
                new Clause<>("address reuse", EndpointClauses::reuse));
    }

    private static <R extends Request> void timeout(Stage<R> stage) throws Exception {
        Endpoint<R> endpoint = stage.endpoint();
        nothing(endpoint, Duration.ZERO);
        nothing(endpoint, Duration.ofSeconds(-1));
        nothing(endpoint, Duration.ofNanos(1));
        TimeSource time = stage.time();
        long begun = time.nanoTime();
        nothing(endpoint, SOON);
        Duration elapsed = Duration.ofNanos(time.nanoTime() - begun);
        Check.that(elapsed.compareTo(SOON) >= 0, "accept has given up after " + elapsed + " instead of " + SOON);
        stage.arrival(endpoint);
    }

    private static <R extends Request> void closeUnblocks(Stage<R> stage) throws Exception {
        Endpoint<R> closed = stage.endpoint();
        Task<R> accept = stage.scope().start(() -> closed.accept(FOREVER));
        accept.awaitBlocked();
        stage.scope().close(closed);
        accept.fails(ClosedChannelException.class, "an accept that waited when its endpoint was closed");
        Endpoint<R> stopped = stage.endpoint();
        Task<R> other = stage.scope().start(() -> stopped.accept(FOREVER));
        other.awaitBlocked();
        stopped.stopAccepting();
        other.fails(ClosedChannelException.class, "an accept that waited when accepting was stopped");
    }

    private static <R extends Request> void wakeupEnds(Stage<R> stage) throws Exception {
        Endpoint<R> endpoint = stage.endpoint();
        Task<Boolean> accept = stage.scope().run(() -> nothing(endpoint, FOREVER));
        accept.awaitBlocked();
        endpoint.wakeup();
        accept.join();
        stage.arrival(endpoint);
    }

    private static <R extends Request> void wakeupIsSticky(Stage<R> stage) throws Exception {
        Endpoint<R> endpoint = stage.endpoint();
        endpoint.wakeup();
        endpoint.wakeup();
        nothing(endpoint, FOREVER);
        // Of several, one is remembered.
        stage.arrival(endpoint);
    }

    private static <R extends Request> void interrupt(Stage<R> stage) throws Exception {
        Endpoint<R> endpoint = stage.endpoint();
        Task<Boolean> before = stage.scope().run(() -> {
            Thread.currentThread().interrupt();
            interrupted(endpoint);
        });
        before.join();
        Task<Boolean> during = stage.scope().run(() -> interrupted(endpoint));
        during.awaitBlocked();
        during.interrupt();
        during.join();
        stage.arrival(endpoint);
    }

    private static <R extends Request> void interrupted(Endpoint<R> endpoint) throws Exception {
        nothing(endpoint, FOREVER);
        Check.that(Thread.interrupted(), "an interrupted accept has not kept the thread's flag");
    }

    private static <R extends Request> void afterClose(Stage<R> stage) throws Exception {
        Endpoint<R> endpoint = stage.endpoint();
        SocketAddress address = endpoint.address();
        URI uri = endpoint.uri();
        endpoint.stopAccepting();
        Check.fails(ClosedChannelException.class, () -> endpoint.accept(FOREVER), "accept after stopAccepting");
        stage.scope().close(endpoint);
        Check.fails(ClosedChannelException.class, () -> endpoint.accept(Duration.ZERO), "accept after close");
        Check.equal(address, endpoint.address(), "the address after close");
        Check.equal(uri, endpoint.uri(), "the URI after close");
        // Without effect.
        endpoint.wakeup();
    }

    private static <R extends Request> void doubleClose(Stage<R> stage) throws Exception {
        Endpoint<R> endpoint = stage.endpoint();
        endpoint.stopAccepting();
        endpoint.stopAccepting();
        stage.scope().close(endpoint);
        endpoint.close();
        endpoint.stopAccepting();
    }

    // Also while an earlier connection, ended by this side, is remembered by the system.
    private static <R extends Request> void reuse(Stage<R> stage) throws Exception {
        Endpoint<R> first = stage.endpoint();
        stage.scope().close(stage.arrival(first));
        stage.scope().close(first);
        Endpoint<R> second = stage.scope().own(stage.bind(first.uri()));
        Check.equal(first.uri(), second.uri(), "where an endpoint is that was bound again");
        stage.arrival(second);
    }

    private static <R extends Request> void nothing(Endpoint<R> endpoint, Duration timeout) throws Exception {
        R request = endpoint.accept(timeout);
        if (request != null) {
            request.close();
            throw new AssertionError("accept returned something although nothing had arrived");
        }
    }
}
