package io.socketserver.testkit;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Endpoint;
import io.socketserver.api.TimeSource;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of datagrams whose clients live in the same process.
 *
 * <pre>{@code
 * MemoryDatagramEndpoint endpoint = MemoryDatagramEndpoint.bind();
 * try (var server = Server.on(endpoint).handle(new UpperHandler()).start();
 *         DatagramClient client = endpoint.client()) {
 *     client.send("hello".getBytes(UTF_8));
 *     assertEquals(ByteBuffer.wrap("HELLO".getBytes(UTF_8)), client.receive().payload());
 * }
 * }</pre>
 *
 * <p>Nothing is lost or reordered, and what is {@linkplain MemoryOptions#maxPacketSize(int) too long} is cut and says
 * so. A client that sends more than the backlog holds, or sends to an endpoint that has ended, is told by an {@link
 * IOException}: a test wants to know what a network would lose in silence. Thread-safe, accepting as {@link Endpoint}
 * says.
 */
public final class MemoryDatagramEndpoint implements Endpoint<Datagram> {

    private static final AtomicLong UNNAMED = new AtomicLong();

    private final MemoryAddress address;
    private final URI uri;
    private final MemoryOptions options;
    private final Arrivals<Datagram> backlog;
    private final Post post;
    private final AtomicLong clients = new AtomicLong();
    private volatile boolean closed;

    /** Carries datagrams. */
    interface Post {

        /** Delivers what is sent, now or later; what comes of it if that is known at once. */
        Arrivals.Fate carry(ByteBuffer payload, MemoryDatagramEndpoint from, MemoryDatagramEndpoint to);

        /** What they travel on, if it is more than a queue. */
        default Optional<Network> network() {
            return Optional.empty();
        }

        /** Opens a client of an endpoint. */
        default DatagramClient open(MemoryDatagramEndpoint to) {
            return to.client(new MemoryAddress(to.address.name(), to.clients.incrementAndGet()));
        }
    }

    MemoryDatagramEndpoint(MemoryAddress address, MemoryOptions options, Post post) {
        this.address = address;
        this.post = post;
        this.uri = address.uri();
        this.options = options;
        this.backlog = new Arrivals<>(options);
    }

    /**
     * Binds an endpoint with a name of its own and default options.
     *
     * @return the endpoint
     */
    public static MemoryDatagramEndpoint bind() {
        return bind(MemoryOptions.defaults());
    }

    /**
     * Binds an endpoint with default options.
     *
     * @param name what its addresses show, such as {@code echo}
     * @return the endpoint
     * @throws IllegalArgumentException if the name is empty
     */
    public static MemoryDatagramEndpoint bind(String name) {
        return bind(name, MemoryOptions.defaults());
    }

    /**
     * Binds an endpoint with a name of its own.
     *
     * @param options backlog, longest packet and time matter; they are those of its clients too
     * @return the endpoint
     */
    public static MemoryDatagramEndpoint bind(MemoryOptions options) {
        return bind("datagram-" + UNNAMED.incrementAndGet(), options);
    }

    /**
     * Binds an endpoint.
     *
     * @param name what its addresses show, such as {@code echo}
     * @param options backlog, longest packet and time matter; they are those of its clients too
     * @return the endpoint
     * @throws IllegalArgumentException if the name is empty
     */
    public static MemoryDatagramEndpoint bind(String name, MemoryOptions options) {
        return new MemoryDatagramEndpoint(
                new MemoryAddress(name, 0), options, (payload, from, to) -> to.deliver(payload, false, from));
    }

    /**
     * Opens a client of this endpoint. On a network, as {@link Network#openDatagram(String)} does.
     *
     * @return a client with an address of its own
     */
    public DatagramClient client() {
        return post.open(this);
    }

    DatagramClient client(MemoryAddress own) {
        MemoryDatagramEndpoint client = new MemoryDatagramEndpoint(own, options, post);
        return DatagramClient.of(client, (payload, to) -> client.send(payload, this), address, options.time());
    }

    @Override
    public @Nullable Datagram accept(Duration timeout) throws ClosedChannelException {
        return backlog.take(timeout);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Here the {@code null} comes first, before datagrams that are already there.
     */
    @Override
    public void wakeup() {
        backlog.wakeup();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Datagrams that were not accepted are dropped.
     */
    @Override
    public void stopAccepting() {
        backlog.stop();
    }

    @Override
    public TimeSource time() {
        return options.time();
    }

    /** Of which network it is. */
    Optional<Network> network() {
        return post.network();
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
        closed = true;
        stopAccepting();
    }

    private void send(ByteBuffer payload, MemoryDatagramEndpoint to) throws IOException {
        requireOpen();
        if (sent(payload, to) == Arrivals.Fate.STOPPED) {
            throw new PortUnreachableException(to + " has stopped accepting");
        }
    }

    private void reply(ByteBuffer payload, MemoryDatagramEndpoint to) throws IOException {
        requireOpen();
        // What comes for a client that is gone is dropped, as by a network.
        sent(payload, to);
    }

    private Arrivals.Fate sent(ByteBuffer payload, MemoryDatagramEndpoint to) throws IOException {
        Arrivals.Fate fate = post.carry(payload, this, to);
        payload.position(payload.limit());
        if (fate == Arrivals.Fate.FULL) {
            throw new IOException("the backlog of " + to.address + " is full: " + options.backlog()
                    + " datagrams wait to be received");
        }
        return fate;
    }

    /** Lets one arrive, that may have lost its end on the way. */
    Arrivals.Fate deliver(ByteBuffer payload, boolean cut, MemoryDatagramEndpoint from) {
        boolean tooLong = payload.remaining() > options.maxPacketSize();
        byte[] bytes = new byte[tooLong ? options.maxPacketSize() : payload.remaining()];
        payload.get(bytes);
        return backlog.offer(Datagram.of(
                ByteBuffer.wrap(bytes), cut || tooLong, from.address, address, (reply, to) -> reply(reply, from)));
    }

    boolean isClosed() {
        return closed;
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
