package io.socketserver.testkit;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Endpoint;
import io.socketserver.api.TimeSource;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network in memory on which the same happens each time, faults included, and on which hours pass in no time.
 *
 * <pre>{@code
 * try (Network network = Network.seeded(42, FaultPlan.none().split(0.5));
 *         var server = Server.on(network.bind("echo")).handle(new EchoHandler()).start();
 *         Connection client = network.connect("echo")) {
 *     client.writeLine("hello");
 *     assertEquals("hello", client.readLine());
 * }
 * }</pre>
 *
 * <p>Servers on it follow its {@link #time() time}. What is sent arrives when every thread that takes part waits: for the
 * network, for such a server, or for anything else. Then the next event happens, one at a time, and time goes on to it, or to the
 * deadline of one of those who wait. A thread takes part when it has used the network, or was started after the network was
 * made. While one of them runs, time stands still.
 *
 * <p>Waits for the network and its time, for locks, latches and monitors, and for a {@link java.util.concurrent.FutureTask},
 * which most executors return, are exact: time does not go on before a thread whose wait has ended has run. Of other waits,
 * as for a queue, a {@link java.util.concurrent.CompletableFuture} or the end of a thread, it cannot be told whether they have
 * ended, so that time goes on only when nothing has happened for a moment, 20 ms of real time at most; so much is given to a
 * thread that sleeps, or is inside a call of the system, as well. A test with such waits cannot rely on when something comes
 * out; and on a busy machine, or under virtual threads, a time-out may come before whoever was just woken has run.
 *
 * <p>With the same seed and plan, and one thread at each end of a connection, everything happens in the same order: under
 * sequential dispatch, and under an event loop of one thread. Under other strategies each direction of a connection has the
 * same faults, but who is quicker may matter to the rest. Clients of one host are numbered as they connect, so threads that
 * connect at the same time need a host each. Thread-safe.
 *
 * <p>When nothing has happened for ten seconds of real time, the system logger {@code io.socketserver.testkit} is told once
 * which threads run, which wait, and where.
 *
 * <p>Tests on networks must not run at the same time in one JVM: a thread that another test starts takes part here too, so
 * that time stands still while it runs.
 */
public final class Network implements Closeable {

    private static final String CLIENT = "client";

    private final Simulation simulation;
    private final DatagramPost post;
    private final Map<String, NetworkEndpoint> streams = new ConcurrentHashMap<>();
    private final Map<String, MemoryDatagramEndpoint> datagrams = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> hosts = new ConcurrentHashMap<>();
    private final Queue<DatagramClient> clients = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** What happens on a network. */
    @FunctionalInterface
    public interface Scenario {

        /**
         * Runs on the thread that called {@link #simulate}. The network is closed afterwards; servers and endpoints on it
         * are to be closed here.
         *
         * @param network made for this
         * @throws Exception whatever a test throws
         */
        void run(Network network) throws Exception;
    }

    private Network(long seed, FaultPlan plan) {
        simulation = Simulation.of(seed, plan);
        post = new DatagramPost(this, simulation, endpoint -> open(CLIENT, endpoint));
    }

    /**
     * Makes a network on which nothing goes wrong.
     *
     * @param seed any number
     * @return the network
     */
    public static Network seeded(long seed) {
        return seeded(seed, FaultPlan.none());
    }

    /**
     * Makes a network on which things go wrong as a plan has it.
     *
     * @param seed what chances are drawn from
     * @param plan what may go wrong
     * @return the network
     */
    public static Network seeded(long seed, FaultPlan plan) {
        return new Network(seed, plan);
    }

    /**
     * Runs something on a network of its own, and closes it; if it fails, what it throws shows the seed, the plan and all
     * that has happened.
     *
     * @param seed what chances are drawn from
     * @param plan what may go wrong
     * @param scenario what to run, on this thread
     * @throws Exception what the scenario throws, with the transcript as a suppressed {@link AssertionError}
     */
    public static void simulate(long seed, FaultPlan plan, Scenario scenario) throws Exception {
        try (Network network = seeded(seed, plan)) {
            try {
                scenario.run(network);
            } catch (Throwable t) {
                t.addSuppressed(new AssertionError("it happened on this network:\n" + network.transcript()));
                throw t;
            }
        }
    }

    /**
     * Binds a listening endpoint with default options.
     *
     * @param name what clients connect to
     * @return the endpoint
     * @throws BindException if the name is taken
     * @throws IOException if this network is closed
     * @throws IllegalArgumentException if the name is empty
     */
    public Endpoint<Connection> bind(String name) throws IOException {
        return bind(name, MemoryOptions.defaults());
    }

    /**
     * Binds a listening endpoint.
     *
     * @param name what clients connect to
     * @param options backlog, and capacity: how many bytes may be on their way in each direction of a connection, and as
     *     many again have arrived and not been read, before a write blocks; the time is this network's
     * @return the endpoint
     * @throws BindException if the name is taken
     * @throws IOException if this network is closed
     * @throws IllegalArgumentException if the name is empty
     */
    public Endpoint<Connection> bind(String name, MemoryOptions options) throws IOException {
        requireOpen();
        NetworkEndpoint endpoint = new NetworkEndpoint(this, simulation, name, options.time(time()));
        if (streams.compute(name, (key, old) -> old == null || old.isClosed() ? endpoint : old) != endpoint) {
            throw taken(name);
        }
        return endpoint;
    }

    /**
     * Connects to an endpoint, from the host {@code client}; blocks until it is answered.
     *
     * @param name where to
     * @return the client's end
     * @throws ConnectException if nobody listens there, or the backlog is full
     * @throws java.nio.channels.ClosedByInterruptException if this thread is interrupted
     * @throws IOException if this network is closed
     */
    public Connection connect(String name) throws IOException {
        return connect(CLIENT, name);
    }

    /**
     * Connects to an endpoint; blocks until it is answered.
     *
     * @param host where from; connections of one host have one {@linkplain Connection#remoteAddress() peer}, as limits count
     *     them
     * @param name where to
     * @return the client's end
     * @throws ConnectException if nobody listens there, or the backlog is full
     * @throws java.nio.channels.ClosedByInterruptException if this thread is interrupted
     * @throws IOException if this network is closed
     */
    public Connection connect(String host, String name) throws IOException {
        return Connection.of(dial(host, name));
    }

    /** The same as {@link #connect(String)}, one level below. */
    MemoryChannel dial(String name) throws IOException {
        return dial(CLIENT, name);
    }

    private MemoryChannel dial(String host, String name) throws IOException {
        requireOpen();
        return new Dial(simulation, next(host), name).connect(listener -> closed ? null : streams.get(listener));
    }

    /**
     * Binds an endpoint of datagrams with default options.
     *
     * @param name what clients send to
     * @return the endpoint
     * @throws BindException if the name is taken
     * @throws IOException if this network is closed
     * @throws IllegalArgumentException if the name is empty
     */
    public Endpoint<Datagram> bindDatagram(String name) throws IOException {
        return bindDatagram(name, MemoryOptions.defaults());
    }

    /**
     * Binds an endpoint of datagrams.
     *
     * @param name what clients send to
     * @param options backlog, beyond which datagrams are lost, and longest packet; the time is this network's
     * @return the endpoint
     * @throws BindException if the name is taken
     * @throws IOException if this network is closed
     * @throws IllegalArgumentException if the name is empty
     */
    public Endpoint<Datagram> bindDatagram(String name, MemoryOptions options) throws IOException {
        requireOpen();
        MemoryDatagramEndpoint endpoint =
                new MemoryDatagramEndpoint(new MemoryAddress(name, 0), options.time(time()), post);
        if (datagrams.compute(name, (key, old) -> old == null || old.isClosed() ? endpoint : old) != endpoint) {
            throw taken(name);
        }
        return endpoint;
    }

    /**
     * Opens a client of an endpoint of datagrams, on the host {@code client}.
     *
     * @param name where it sends to
     * @return the client
     * @throws ConnectException if nobody is bound there
     * @throws IOException if this network is closed
     */
    public DatagramClient openDatagram(String name) throws IOException {
        return openDatagram(CLIENT, name);
    }

    /**
     * Opens a client of an endpoint of datagrams.
     *
     * @param host where it is
     * @param name where it sends to
     * @return the client
     * @throws ConnectException if nobody is bound there
     * @throws IOException if this network is closed
     */
    public DatagramClient openDatagram(String host, String name) throws IOException {
        requireOpen();
        MemoryDatagramEndpoint endpoint = datagrams.get(name);
        if (endpoint == null || endpoint.isClosed()) {
            throw new ConnectException("nobody receives datagrams at " + name);
        }
        return open(host, endpoint);
    }

    private DatagramClient open(String host, MemoryDatagramEndpoint endpoint) {
        DatagramClient client = endpoint.client(next(host));
        clients.add(client);
        return client;
    }

    /**
     * The time on this network, from 0 on; goes on when everybody waits.
     *
     * @return what servers on this network follow, unless they are built with another
     */
    public TimeSource time() {
        return simulation.time();
    }

    /**
     * Blocks until so much time has passed on this network.
     *
     * @param duration how much, from nothing to a century
     * @throws InterruptedException if this thread is interrupted
     * @throws IllegalArgumentException if it is out of that range
     */
    public void pass(Duration duration) throws InterruptedException {
        long nanos = TimeUnit.NANOSECONDS.convert(duration);
        if (nanos < 0 || nanos > Span.CENTURY) {
            throw new IllegalArgumentException("time passes from nothing to a century at once, not " + duration);
        }
        simulation.time().pass(nanos);
    }

    /**
     * What has happened so far, for people and for comparison: the seed and the plan, and then one line for each event.
     *
     * <p>A line has the time in seconds, the connection, who has sent what arrives, {@code client>} or {@code server>}, and
     * what that is: bytes as a {@link Transcript} has them (of many the beginning, and how many there are), {@code end} for
     * the end of the stream, {@code reset}, or {@code datagram} with its bytes and its fate. Other lines tell of connecting and of
     * failures to accept.
     *
     * @return the lines, without a line break at the end
     */
    public String transcript() {
        return "seed " + simulation.seed() + ", " + simulation.plan() + '\n' + simulation.chronicle();
    }

    /**
     * Ends this network: resets all connections, closes all clients of datagrams, and nothing arrives any more; idempotent.
     *
     * <p>Endpoints, and servers on them, live on without requests until they are closed themselves. Time goes on as well.
     */
    @Override
    public void close() throws IOException {
        closed = true;
        post.close();
        for (DatagramClient client : clients) {
            client.close();
        }
        simulation.links().close();
    }

    /**
     * The network on which an endpoint is bound.
     *
     * @param endpoint any endpoint
     * @return the network, if there is one
     */
    public static Optional<Network> of(Endpoint<?> endpoint) {
        if (endpoint instanceof MemoryEndpoint memory) {
            return memory.network();
        }
        return endpoint instanceof MemoryDatagramEndpoint memory ? memory.network() : Optional.empty();
    }

    private MemoryAddress next(String host) {
        return new MemoryAddress(
                host, hosts.computeIfAbsent(host, key -> new AtomicLong()).incrementAndGet());
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    private static BindException taken(String name) {
        return new BindException("the name '" + name + "' is taken: an endpoint is bound to it, and not closed");
    }

    @Override
    public String toString() {
        return "network with seed " + simulation.seed();
    }
}
