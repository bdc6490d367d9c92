package io.socketserver.api;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;

/**
 * Serves the requests that arrive at an endpoint: Python's {@code BaseServer}.
 *
 * <pre>{@code
 * try (var server = Server.on(Tcp.bind("localhost", 12345)).handle(connection -> connection.writeLine("hello"))) {
 *     server.serve();
 * }
 * }</pre>
 *
 * <p>A server goes one way through its states and does not restart:
 *
 * <pre>
 *        serve, serveOne, start           pause
 *   NEW ------------------------&gt; SERVING -------&gt; PAUSED
 *    |                               |    &lt;-------   |
 *    |                               |     resume    |
 *    | shutdown                      | shutdown      | shutdown
 *    v                               v               |
 *    +--------------------------&gt; DRAINING &lt;---------+
 *                                    |
 *                                    | drain, close
 *                                    v
 *                                  CLOSED
 * </pre>
 *
 * <p>In DRAINING nothing is accepted any more, and the requests in flight go on. {@link #drain} and {@link #close} begin
 * with a shutdown, so they may be called in any state. Every method may be called by any thread at any time, also from
 * within a handler or an observer: a request that ends its own server does not wait for itself. It does wait for the
 * requests of other servers that it closes, so two that close each other's server wait for ever: {@link #drain} instead.
 *
 * @param <R> the kind of request it serves
 */
public final class Server<R extends Request> implements AutoCloseable {

    /** Where a server is in its life; see the diagram at {@link Server}. */
    public enum State {
        /** Built, and not served yet. Clients wait in the endpoint's backlog. */
        NEW,
        /** Accepting, or between two calls of {@link Server#serveOne}. */
        SERVING,
        /** Not accepting for now; requests in flight go on, clients wait in the backlog. */
        PAUSED,
        /** Not accepting any more; requests in flight go on. */
        DRAINING,
        /** Ended: the endpoint is unbound and the dispatcher released. */
        CLOSED
    }

    private final Endpoint<R> endpoint;
    private final Observers observers;
    private final Lifecycle lifecycle;
    private final AcceptLoop<R> loop;
    private final Ending ending;
    private final Tally tally = new Tally();
    private final InFlight inFlight;

    Server(ServerBuilder<R> parts, Handler<? super R> handler) {
        endpoint = parts.endpoint;
        observers = new Observers(this, parts.observers);
        lifecycle = new Lifecycle(parts.time, observers);
        inFlight = new InFlight(lifecycle);
        Gate gate = new Gate(parts.limits, parts.dispatcher.capacity(), lifecycle);
        Deadlines deadlines = new Deadlines(parts.limits, parts.time, "deadlines of the server on " + endpoint.uri());
        Conclusion conclusion = new Conclusion(parts.errors, observers, tally, gate);
        Admission<R> admission = new Admission<>(
                this,
                parts,
                observers,
                tally,
                gate,
                new Service<>(handler, conclusion, inFlight, deadlines, parts.dispatcher));
        loop = new AcceptLoop<>(this, endpoint, lifecycle, gate, observers, admission);
        ending = new Ending(endpoint, parts.dispatcher, deadlines, lifecycle, inFlight);
    }

    /**
     * Begins a server on a bound endpoint, which the server owns from then on.
     *
     * @param endpoint from a transport's factory, or from {@link Transports#bind}
     * @param <R> the kind of request that arrives there
     * @return a builder, sequential and logging unless told otherwise
     */
    public static <R extends Request> ServerBuilder<R> on(Endpoint<R> endpoint) {
        return new ServerBuilder<>(endpoint);
    }

    /**
     * Accepts and dispatches requests on this thread until the server is shut down: Python's {@code serve_forever}.
     *
     * <p>Returns when accepting has ended, at once if the server was shut down before; requests may still be in flight
     * then. An interrupt of this thread is a shutdown, and the thread's flag is kept; but under a {@linkplain
     * Dispatcher#sequential() sequential} dispatcher an interrupt that comes while a request is handled is that request's.
     *
     * @throws IllegalStateException if the server is closed, or another thread is serving it
     * @throws IOException if the endpoint was closed by somebody else
     */
    public void serve() throws IOException {
        if (lifecycle.enter(Thread.currentThread(), "serve()")) {
            serveEntered();
        } else {
            ending.stopAccepting();
        }
    }

    /**
     * Serves on a thread of its own, which is not a daemon, and returns at once.
     *
     * @return this server
     * @throws IllegalStateException if the server is closed, or another thread is serving it
     */
    public Server<R> start() {
        Thread thread = new Thread(this::serveLogging, "server on " + uri());
        thread.setDaemon(false);
        // Entered by this thread first: an observer that is told and ends the server must not wait for a thread that
        // has yet to start.
        if (!lifecycle.enter(Thread.currentThread(), "start()")) {
            ending.stopAccepting();
            return this;
        }
        lifecycle.handOver(thread);
        boolean started = false;
        try {
            thread.start();
            started = true;
        } finally {
            if (!started) {
                lifecycle.leave();
            }
        }
        return this;
    }

    /**
     * Accepts and dispatches one request on this thread: Python's {@code handle_request}.
     *
     * <p>The server counts as serving from the first call on, also between calls.
     *
     * @param timeout how long to wait for it; zero does not wait
     * @return false if none came in time, which observers are {@linkplain Observer#timedOut told}, or the server ended
     * @throws IllegalStateException if the server is closed, or another thread is serving it
     * @throws IOException if the endpoint was closed by somebody else
     */
    public boolean serveOne(Duration timeout) throws IOException {
        if (!lifecycle.enter(Thread.currentThread(), "serveOne()")) {
            ending.stopAccepting();
            return false;
        }
        try {
            return loop.once(timeout);
        } finally {
            if (lifecycle.ending()) {
                ending.stopAccepting();
            }
            lifecycle.leave();
        }
    }

    /**
     * Stops accepting until {@link #resume}; requests in flight go on, and clients wait in the backlog.
     *
     * @return whether the server is paused now; false if it was not serving
     */
    public boolean pause() {
        if (lifecycle.move(State.SERVING, State.PAUSED)) {
            endpoint.wakeup();
        }
        return state() == State.PAUSED;
    }

    /**
     * Accepts again after {@link #pause}.
     *
     * @return whether the server is serving now; false if it was not paused
     */
    public boolean resume() {
        lifecycle.move(State.PAUSED, State.SERVING);
        return state() == State.SERVING;
    }

    /**
     * Tells the server to stop accepting, and returns at once: the signalling half of Python's {@code shutdown}.
     *
     * <p>Idempotent. Before the server serves, it makes serving return at once.
     */
    public void shutdown() {
        if (lifecycle.advance(State.DRAINING)) {
            endpoint.wakeup();
        }
    }

    /**
     * Waits until the server was shut down, accepting has ended and no request is in flight: the waiting half of
     * Python's {@code shutdown}. It does not shut down itself.
     *
     * @param timeout how long to wait
     * @return false if it has not come to that in time
     * @throws InterruptedException if this thread is interrupted
     */
    public boolean awaitStopped(Duration timeout) throws InterruptedException {
        return ending.awaitStopped(timeout);
    }

    /**
     * Ends the server and gives the requests in flight time to end.
     *
     * <p>Accepting ends first. Requests still in flight when the grace is over are closed and their threads
     * interrupted; those that have not ended shortly after are abandoned: their threads run on and hold what they hold.
     * The server is CLOSED then. An interrupt of this thread ends the grace at once, and the thread's flag is kept.
     *
     * @param grace how long requests may go on
     * @return how every request of this server's life has ended
     */
    public DrainReport drain(Duration grace) {
        shutdown();
        return ending.drain(grace);
    }

    /**
     * Ends the server: Python's {@code server_close}. Idempotent.
     *
     * <p>If its dispatcher {@linkplain Dispatcher#blockOnClose() says so}, which is the default, this waits for the
     * requests in flight however long they take; to bound that, {@link #drain} instead. An interrupt of this thread
     * ends the waiting: the requests are closed and interrupted as at the end of a drain, and the thread's flag is kept.
     */
    @Override
    public void close() {
        shutdown();
        ending.close();
    }

    /**
     * Where the server is in its life.
     *
     * @return the state at this moment
     */
    public State state() {
        return lifecycle.state();
    }

    /**
     * Whether the server has begun to end.
     *
     * @return true in DRAINING and CLOSED
     */
    public boolean draining() {
        return lifecycle.ending();
    }

    /**
     * Where the server can be reached: Python's {@code server_address}.
     *
     * @return the endpoint's address, with the real port if port 0 was asked for
     */
    public SocketAddress address() {
        return endpoint.address();
    }

    /**
     * Where the server can be reached, for {@link Transports#connect}.
     *
     * @return the endpoint's URI
     */
    public URI uri() {
        return endpoint.uri();
    }

    /**
     * What has become of the requests so far.
     *
     * @return the counts at this moment
     */
    public Statistics statistics() {
        return tally.snapshot(inFlight);
    }

    private void serveLogging() {
        try {
            serveEntered();
        } catch (Throwable t) {
            Log.log(Level.ERROR, this, " has stopped", t);
        }
    }

    private void serveEntered() throws IOException {
        try {
            loop.run();
        } finally {
            try {
                shutdown();
                ending.stopAccepting();
            } finally {
                // Whatever happens, since whoever ends the server waits for it.
                lifecycle.leave();
            }
        }
    }

    @Override
    public String toString() {
        return "server on " + uri() + " (" + state() + ")";
    }
}
