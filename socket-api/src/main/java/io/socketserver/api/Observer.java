package io.socketserver.api;

import java.io.IOException;
import java.time.Duration;

/**
 * Is told what happens in a server; the place for logging, metrics and tests.
 *
 * <p>Every method does nothing unless overridden. Each is called on the thread that did what it tells of, by several
 * threads at once, with no lock held: it may call the server, {@link Server#shutdown()} too, and should be quick. What is
 * told of limits in time may be told by the thread that keeps them all: {@link Server#close()} there waits for nothing, and
 * cuts off what is in flight. What
 * it throws is logged and goes no further. Failures of handlers have an owner of their own, {@link ErrorHandler}.
 */
public interface Observer {

    /**
     * The server has gone from one state to another.
     *
     * <p>Transitions made by different threads may be told out of order.
     *
     * @param server whose state it is
     * @param from the state it left
     * @param to the state it entered
     */
    default void stateChanged(Server<?> server, Server.State from, Server.State to) {}

    /**
     * A request was accepted and admitted, and goes to the dispatcher next.
     *
     * @param request the request, open
     */
    default void accepted(Request request) {}

    /**
     * A request was accepted but will not be handled, and is closed next.
     *
     * @param request the request, open
     * @param reason why
     */
    default void refused(Request request, Refusal reason) {}

    /**
     * The peer went away while its request was being handled.
     *
     * @param request whose peer it was
     * @param cause how that was noticed
     */
    default void disconnected(Request request, DisconnectedException cause) {}

    /**
     * A request has exceeded one of the server's {@linkplain Limits limits} in time and was cut off for it; told when its
     * handler has ended.
     *
     * @param request the request, closed
     * @param limit which
     */
    default void timedOut(Request request, TimeLimit limit) {}

    /**
     * A request that was cut off, at a limit in time or at the end of the server, has not ended since: it may go on for
     * ever, and holds its thread and its place among the server's {@linkplain Limits limits} as long as it does.
     *
     * @param request the request, closed
     */
    default void abandoned(Request request) {}

    /**
     * A request that was {@linkplain #accepted} has ended, in whatever way, and is closed; told exactly once.
     *
     * @param request the request, closed
     */
    default void ended(Request request) {}

    /**
     * An attempt to accept has failed; the server waits before the next.
     *
     * @param server which goes on
     * @param failure what the endpoint threw
     * @param pause how long it waits
     */
    default void acceptFailed(Server<?> server, IOException failure, Duration pause) {}

    /**
     * {@link Server#serveOne} ran out of time: Python's {@code handle_timeout}.
     *
     * @param server still serving
     */
    default void timedOut(Server<?> server) {}

    /** Why a request was refused. */
    enum Refusal {
        /** The predicate given to {@link ServerBuilder#admitting} said no, or threw. */
        NOT_ADMITTED,
        /** The dispatcher could not take it, or the server ended before it was admitted. */
        REJECTED,
        /** As many requests as {@link Limits#maxConnections} says are being handled. */
        MAX_CONNECTIONS,
        /** As many of its peer's as {@link Limits#maxPerPeer} says are being handled. */
        MAX_PER_PEER,
        /** It came faster than {@link Limits#acceptRate} says. */
        ACCEPT_RATE,
        /** A datagram of which the end is lost, see {@link ServerBuilder#admittingTruncated}. */
        TRUNCATED
    }
}
