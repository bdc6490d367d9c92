package io.socketserver.testkit;

import io.socketserver.api.Datagram;
import io.socketserver.api.Endpoint;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of datagrams whose clients live in the same process.
 *
 * <pre>{@code
 * MemoryDatagramEndpoint endpoint = MemoryDatagramEndpoint.bind();
 * try (var server = Server.on(endpoint).handle(new UpperHandler()).start();
 *         MemoryDatagramClient client = endpoint.client()) {
 *     client.send("hello".getBytes(UTF_8));
 *     assertArrayEquals("HELLO".getBytes(UTF_8), client.receive(Duration.ofSeconds(5)));
 * }
 * }</pre>
 *
 * <p>Nothing is lost, cut or reordered. Thread-safe, accepting as {@link Endpoint} says.
 */
public final class MemoryDatagramEndpoint implements Endpoint<Datagram> {

    private static final AtomicLong UNNAMED = new AtomicLong();

    private final MemoryAddress address;
    private final URI uri;
    private final MemoryOptions options;
    private final Arrivals<Datagram> backlog;
    private final AtomicLong clients = new AtomicLong();
    private volatile boolean closed;

    private MemoryDatagramEndpoint(String name, MemoryOptions options) {
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
    public static MemoryDatagramEndpoint bind() {
        return bind("datagram-" + UNNAMED.incrementAndGet(), MemoryOptions.defaults());
    }

    /**
     * Binds an endpoint.
     *
     * @param name what its addresses show, such as {@code echo}
     * @param options backlog and time matter
     * @return the endpoint
     * @throws IllegalArgumentException if the name is empty
     */
    public static MemoryDatagramEndpoint bind(String name, MemoryOptions options) {
        return new MemoryDatagramEndpoint(name, options);
    }

    /**
     * Opens a client of this endpoint.
     *
     * @return a client with an address of its own
     */
    public MemoryDatagramClient client() {
        return new MemoryDatagramClient(new MemoryAddress(address.name(), clients.incrementAndGet()), this, options);
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

    void deliver(byte[] payload, MemoryDatagramClient from) throws IOException {
        Datagram datagram = Datagram.of(
                ByteBuffer.wrap(payload), false, from.address(), address, (reply, to) -> reply(reply, from));
        switch (backlog.offer(datagram)) {
            case QUEUED -> {}
            case FULL ->
                throw new IOException("the backlog of " + address + " is full: " + options.backlog()
                        + " datagrams wait to be accepted");
            case STOPPED -> throw new PortUnreachableException(address + " has stopped accepting");
        }
    }

    private void reply(ByteBuffer reply, MemoryDatagramClient to) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        to.deliver(reply);
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
