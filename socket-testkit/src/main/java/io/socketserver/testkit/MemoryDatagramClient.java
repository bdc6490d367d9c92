package io.socketserver.testkit;

import io.socketserver.api.Datagram;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client of a {@link MemoryDatagramEndpoint}: sends datagrams to it and receives its replies. Thread-safe. */
public final class MemoryDatagramClient implements Closeable {

    private final MemoryAddress address;
    private final MemoryDatagramEndpoint endpoint;
    private final Arrivals<byte[]> replies;

    MemoryDatagramClient(MemoryAddress address, MemoryDatagramEndpoint endpoint, MemoryOptions options) {
        this.address = address;
        this.endpoint = endpoint;
        this.replies = new Arrivals<>(options);
    }

    /**
     * Where replies arrive: what the server sees as {@link Datagram#remoteAddress()}.
     *
     * @return the address
     */
    public MemoryAddress address() {
        return address;
    }

    /**
     * Sends one datagram; does not block.
     *
     * @param payload its bytes, possibly none; copied
     * @throws ClosedChannelException if this client is closed
     * @throws IOException if the endpoint has stopped accepting, or its backlog is full: a test wants to know what a
     *     network would lose in silence
     */
    public void send(byte[] payload) throws IOException {
        replies.requireOpen();
        endpoint.deliver(payload.clone(), this);
    }

    /**
     * Waits for the next reply.
     *
     * @param timeout how long to wait; zero or less does not wait
     * @return its bytes, or {@code null} if none came in time or the thread was interrupted, whose flag is kept
     * @throws ClosedChannelException if this client is closed, before or while it waits
     */
    public byte @Nullable [] receive(Duration timeout) throws ClosedChannelException {
        return replies.take(timeout);
    }

    /** Receives no more: replies still to come are dropped; idempotent. */
    @Override
    public void close() {
        replies.stop();
    }

    void deliver(ByteBuffer reply) throws IOException {
        byte[] payload = new byte[reply.remaining()];
        reply.get(payload);
        if (replies.offer(payload) == Arrivals.Fate.FULL) {
            throw new IOException("the backlog of " + address + " is full of replies that nobody receives");
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
