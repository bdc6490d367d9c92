package io.socketserver.testkit;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.TimeSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A listening endpoint whose clients live in the same process: a server on it needs no port.
 *
 * <pre>{@code
 * MemoryEndpoint endpoint = MemoryEndpoint.bind();
 * try (var server = Server.on(endpoint).handle(new UpperHandler()).start();
 *         Connection client = endpoint.connect()) {
 *     client.writeLine("hello");
 *     assertEquals("HELLO", client.readLine());
 * }
 * }</pre>
 *
 * <p>Its name is a label only: endpoints of the same name do not get in each other's way. Thread-safe, accepting as
 * {@link Endpoint} says.
 */
public sealed class MemoryEndpoint implements Endpoint<Connection> permits NetworkEndpoint {

    private static final AtomicLong UNNAMED = new AtomicLong();

    private final MemoryAddress address;
    private final URI uri;
    private final MemoryOptions options;
    final Arrivals<MemoryChannel> backlog;
    private final AtomicLong clients = new AtomicLong();

    MemoryEndpoint(String name, MemoryOptions options) {
        this.address = new MemoryAddress(name, 0);
        this.uri = address.uri();
        this.options = options;
        this.backlog = new Arrivals<>(options);
    }

    /**
     * Binds an endpoint with a name of its own and default options.
     *
     * @return the endpoint
     */
    public static MemoryEndpoint bind() {
        return bind(MemoryOptions.defaults());
    }

    /**
     * Binds an endpoint with default options.
     *
     * @param name what its addresses show, such as {@code echo}
     * @return the endpoint
     * @throws IllegalArgumentException if the name is empty
     */
    public static MemoryEndpoint bind(String name) {
        return bind(name, MemoryOptions.defaults());
    }

    /**
     * Binds an endpoint with a name of its own.
     *
     * @param options backlog, capacity of connections, time
     * @return the endpoint
     */
    public static MemoryEndpoint bind(MemoryOptions options) {
        return bind("stream-" + UNNAMED.incrementAndGet(), options);
    }

    /**
     * Binds an endpoint.
     *
     * @param name what its addresses show, such as {@code echo}
     * @param options backlog, capacity of connections, time
     * @return the endpoint
     * @throws IllegalArgumentException if the name is empty
     */
    public static MemoryEndpoint bind(String name, MemoryOptions options) {
        return new MemoryEndpoint(name, options);
    }

    /**
     * Connects a client at once, whether or not somebody accepts, as long as the backlog has room; does not block. On a
     * network, connects as {@link Network#connect(String)} does, which blocks.
     *
     * @return the client's end; the server's end waits in the backlog
     * @throws ConnectException if the backlog is full, or accepting has ended
     * @throws IOException on a network only, as said there
     */
    public Connection connect() throws IOException {
        return Connection.of(dial());
    }

    /** The same, one level below. */
    MemoryChannel dial() throws IOException {
        MemoryAddress client = new MemoryAddress(address.name(), clients.incrementAndGet());
        MemoryPair.Ends ends = MemoryPair.Ends.connect(options, client, address);
        return switch (backlog.offer(ends.far())) {
            case QUEUED -> ends.near();
            case FULL ->
                throw new ConnectException("the backlog of " + address + " is full: " + options.backlog()
                        + " connections wait to be accepted");
            case STOPPED -> throw new ConnectException("connection refused: " + address + " has stopped accepting");
        };
    }

    MemoryOptions options() {
        return options;
    }

    @Override
    public @Nullable Connection accept(Duration timeout) throws IOException {
        MemoryChannel arrived = next(timeout);
        return arrived == null ? null : Connection.of(arrived);
    }

    @Nullable
    MemoryChannel next(Duration timeout) throws IOException {
        return backlog.take(timeout);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Here the {@code null} comes first, before connections that are already there.
     */
    @Override
    public void wakeup() {
        backlog.wakeup();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Connections in the backlog are reset.
     */
    @Override
    public void stopAccepting() {
        backlog.stop().forEach(MemoryChannel::reset);
    }

    @Override
    public TimeSource time() {
        return options.time();
    }

    /** Of which network it is. */
    Optional<Network> network() {
        return Optional.empty();
    }

    @Override
    public MemoryAddress address() {
        return address;
    }

    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        stopAccepting();
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
