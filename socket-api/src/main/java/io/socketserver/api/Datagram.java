package io.socketserver.api;

import io.socketserver.api.spi.ReplyChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One packet that was received, and the way to answer its sender.
 *
 * <p>What a handler writes to {@link #output()} is collected and sent by {@link #close()} as one datagram; nothing is
 * sent if nothing was written. {@link #send} sends at once, an empty datagram too. Meant for one thread at a time;
 * closing is open to all.
 */
public final class Datagram extends Request {

    private final ByteBuffer payload;
    private final boolean truncated;
    private final SocketAddress remote;
    private final SocketAddress local;
    private final ReplyChannel channel;
    private final InputStream input;
    private final OutputStream output = new RequestOutput(this, this::collect);
    private final ByteArrayOutputStream reply = new ByteArrayOutputStream(0);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong sent = new AtomicLong();

    private Datagram(
            ByteBuffer payload, boolean truncated, SocketAddress remote, SocketAddress local, ReplyChannel channel) {
        this.payload = payload.asReadOnlyBuffer();
        this.truncated = truncated;
        this.remote = Objects.requireNonNull(remote, "remote");
        this.local = Objects.requireNonNull(local, "local");
        this.channel = Objects.requireNonNull(channel, "channel");
        ByteBuffer unread = payload();
        input = new RequestInput(this, target -> drain(unread, target));
    }

    /**
     * Makes a datagram of what a transport has received.
     *
     * @param payload the bytes, from position to limit; not to be changed afterwards
     * @param truncated whether the packet was longer and its rest is lost
     * @param remote the sender
     * @param local where it arrived
     * @param channel sends replies
     * @return the datagram
     */
    public static Datagram of(
            ByteBuffer payload, boolean truncated, SocketAddress remote, SocketAddress local, ReplyChannel channel) {
        return new Datagram(payload, truncated, remote, local, channel);
    }

    /**
     * What the packet holds.
     *
     * @return a read-only view of its bytes, a new one at each call
     */
    public ByteBuffer payload() {
        return payload.duplicate();
    }

    /**
     * Whether the packet was longer than its transport's limit, so that the end of it is lost.
     *
     * @return true if {@link #payload()} is only the beginning
     */
    public boolean truncated() {
        return truncated;
    }

    /**
     * Sends one datagram to the sender at once, apart from the reply that {@link #output()} collects. Python's {@code
     * sendto}.
     *
     * @param source its payload, possibly empty, from position to limit
     * @throws ClosedChannelException if this datagram or its endpoint is closed
     * @throws IOException if it cannot be sent, being too long say
     */
    public void send(ByteBuffer source) throws IOException {
        requireOpen();
        transmit(source);
    }

    /**
     * Sends one datagram to the sender at once, as {@link #send(ByteBuffer)} does.
     *
     * @param payload its payload, possibly empty
     * @throws IOException as with {@link #send(ByteBuffer)}
     */
    public void send(byte[] payload) throws IOException {
        send(ByteBuffer.wrap(payload));
    }

    @Override
    public SocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public SocketAddress localAddress() {
        return local;
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public boolean isOpen() {
        return !closed.get();
    }

    /**
     * Sends the reply, if one was written, and ends the request; idempotent.
     *
     * @throws IOException if the reply cannot be sent
     */
    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true) && reply.size() > 0 && cutOff() == null) {
            transmit(ByteBuffer.wrap(reply.toByteArray()));
        }
    }

    @Override
    void abort() {
        closed.set(true);
    }

    @Override
    void discardReply() {
        reply.reset();
    }

    @Override
    long bytesIn() {
        return payload.remaining();
    }

    @Override
    long bytesOut() {
        return sent.get();
    }

    @Override
    Object peer() {
        return remote;
    }

    private void transmit(ByteBuffer source) throws IOException {
        int length = source.remaining();
        channel.send(source, remote);
        sent.addAndGet(length);
    }

    private void collect(ByteBuffer source) throws IOException {
        requireOpen();
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        reply.write(bytes, 0, bytes.length);
    }

    private void requireOpen() throws ClosedChannelException {
        CutOff why = cutOff();
        if (why != null || closed.get()) {
            ClosedChannelException failure = new ClosedChannelException();
            throw why == null ? failure : why.failure(this, failure);
        }
    }

    private static int drain(ByteBuffer source, ByteBuffer target) {
        if (!source.hasRemaining()) {
            return -1;
        }
        int count = Math.min(source.remaining(), target.remaining());
        ByteBuffer part = source.slice().limit(count);
        target.put(part);
        source.position(source.position() + count);
        return count;
    }

    @Override
    public String toString() {
        return "datagram " + id() + " from " + remote;
    }
}
