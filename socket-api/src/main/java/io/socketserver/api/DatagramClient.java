package io.socketserver.api;

import io.socketserver.api.spi.ReplyChannel;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The client's side of a datagram transport: sends to one server and receives its answers.
 *
 * <p>What it receives is the same {@link Datagram} that a handler sees. Datagrams of other senders are dropped. Sending
 * is open to all threads, receiving to one at a time; closing by any thread ends both.
 */
public final class DatagramClient implements Closeable {

    private final Endpoint<Datagram> endpoint;
    private final ReplyChannel channel;
    private final SocketAddress remote;
    private final TimeSource time;

    private DatagramClient(Endpoint<Datagram> endpoint, ReplyChannel channel, SocketAddress remote, TimeSource time) {
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
        this.channel = Objects.requireNonNull(channel, "channel");
        this.remote = Objects.requireNonNull(remote, "remote");
        this.time = Objects.requireNonNull(time, "time");
    }

    /**
     * Makes a client of what a transport provides.
     *
     * @param endpoint receives; owned by the client from now on
     * @param channel sends
     * @param remote the server
     * @param time what the endpoint measures its waiting by
     * @return the client
     */
    public static DatagramClient of(
            Endpoint<Datagram> endpoint, ReplyChannel channel, SocketAddress remote, TimeSource time) {
        return new DatagramClient(endpoint, channel, remote, time);
    }

    /**
     * Sends one datagram to the server: Python's {@code send} of a connected socket.
     *
     * @param payload its bytes, from position to limit; possibly none
     * @throws ClosedChannelException if the client is closed
     * @throws IOException if it cannot be sent
     */
    public void send(ByteBuffer payload) throws IOException {
        channel.send(payload, remote);
    }

    /**
     * Sends one datagram to the server, as {@link #send(ByteBuffer)} does.
     *
     * @param payload its bytes
     * @throws IOException if it cannot be sent
     */
    public void send(byte[] payload) throws IOException {
        send(ByteBuffer.wrap(payload));
    }

    /**
     * Waits for the next datagram of the server, without an end: Python's {@code recv}.
     *
     * @return the datagram
     * @throws IOException as {@link #receive(Duration)}
     */
    public Datagram receive() throws IOException {
        return receive(ChronoUnit.FOREVER.getDuration());
    }

    /**
     * Waits for the next datagram of the server.
     *
     * @param timeout how long to wait; zero does not wait
     * @return the datagram
     * @throws SocketTimeoutException if none comes in time; the client is as before
     * @throws InterruptedIOException if the thread is interrupted; its flag is kept, the client is as before
     * @throws ClosedChannelException if the client is closed, before or meanwhile
     * @throws IOException if receiving fails
     */
    public Datagram receive(Duration timeout) throws IOException {
        long deadline = time.nanoTime() + Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
        while (true) {
            long remaining = deadline - time.nanoTime();
            Datagram received = endpoint.accept(Duration.ofNanos(remaining));
            if (received != null && received.remoteAddress().equals(remote)) {
                return received;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while waiting for a datagram from " + remote);
            }
            if (remaining <= 0) {
                throw new SocketTimeoutException(
                        "no datagram from " + remote + " within " + timeout.toMillis() + " ms");
            }
        }
    }

    /**
     * The server: Python's {@code getpeername}.
     *
     * @return its address
     */
    public SocketAddress remoteAddress() {
        return remote;
    }

    /**
     * Where answers arrive: Python's {@code getsockname}.
     *
     * @return this side's address, also after {@link #close()}
     */
    public SocketAddress localAddress() {
        return endpoint.address();
    }

    @Override
    public void close() throws IOException {
        endpoint.close();
    }

    @Override
    public String toString() {
        return "datagram client of " + remote;
    }
}
