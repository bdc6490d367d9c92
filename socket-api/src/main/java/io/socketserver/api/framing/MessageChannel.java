package io.socketserver.api.framing;

import io.socketserver.api.Connection;
import io.socketserver.api.FramingException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which messages are received and sent, on the server's side or the client's.
 *
 * <pre>{@code
 * try (var channel = MessageChannel.of(Tcp.connect("localhost", 12345), Framing.lines())) {
 *     channel.send(UTF_8.encode("hello"));
 *     System.out.println(UTF_8.decode(channel.receive()));
 * }
 * }</pre>
 *
 * <p>Receiving and sending block, and are independent of each other. Receiving is meant for one thread at a time;
 * sending is open to all, and messages are sent whole. Both throw what {@link Connection} throws when the peer is gone, this
 * side was closed, or a timeout has passed; a timeout loses nothing.
 *
 * <p>Of its own it has a buffer of 8 KiB for each direction, from the first use of that direction on. The incoming one
 * grows with bytes that have arrived, to the {@linkplain Framing#maxFrame() longest frame} at most; the outgoing one to 64
 * KiB, or to the longest frame that was sent. Bytes that the channel has read ahead are out of reach of the connection's own
 * reads; the other way round, the channel begins with what {@link Connection#readLine()} has read ahead.
 */
public final class MessageChannel implements Closeable {

    private final Connection connection;
    private final Intake intake;
    private final Outbox outbox;
    private final ReentrantLock sending = new ReentrantLock();

    private MessageChannel(Connection connection, Framing framing) {
        this.connection = Objects.requireNonNull(connection, "connection");
        intake = new Intake(framing);
        outbox = new Outbox(framing, connection);
    }

    /**
     * Makes a channel on a connection; does not block.
     *
     * @param connection what to receive and send on; closed by {@link #close()}
     * @param framing how its bytes are cut into messages, in both directions
     * @return the channel
     */
    public static MessageChannel of(Connection connection, Framing framing) {
        return new MessageChannel(connection, framing);
    }

    /**
     * Receives the next message; blocks until all of it has arrived.
     *
     * @return the message from position to limit, read-only and valid until the next call, or {@code null} at the end of
     *     the stream
     * @throws FramingException if what arrives is no message that the framing allows, or the stream ends inside a frame
     * @throws IOException as the class says
     */
    public @Nullable ByteBuffer receive() throws IOException {
        while (true) {
            ByteBuffer message = intake.next();
            if (message != null) {
                return message;
            }
            if (intake.fill(connection) < 0) {
                return intake.last();
            }
        }
    }

    /**
     * Sends a message, and whatever was {@linkplain #write written} before; blocks until the transport has taken it.
     *
     * @param message the message, from position to limit; its position is at its limit afterwards
     * @throws IllegalArgumentException if the framing cannot express it; nothing of it is sent then
     * @throws IOException as the class says; what the transport has not taken goes with what is sent next
     */
    public void send(ByteBuffer message) throws IOException {
        sending.lock();
        try {
            outbox.add(message);
            outbox.flush();
        } finally {
            sending.unlock();
        }
    }

    /**
     * Sends a message, as {@link #send(ByteBuffer)} does.
     *
     * @param message all of its bytes
     * @throws IllegalArgumentException as with {@link #send(ByteBuffer)}
     * @throws IOException as with {@link #send(ByteBuffer)}
     */
    public void send(byte[] message) throws IOException {
        send(ByteBuffer.wrap(message));
    }

    /**
     * Puts a message into the outgoing buffer, to be sent together with others; blocks only if the buffer is full.
     *
     * @param message the message, from position to limit, copied; its position is at its limit afterwards
     * @throws IllegalArgumentException if the framing cannot express it; nothing of it is sent then
     * @throws IOException as the class says; the message's position tells whether it was put into the buffer
     */
    public void write(ByteBuffer message) throws IOException {
        sending.lock();
        try {
            outbox.add(message);
        } finally {
            sending.unlock();
        }
    }

    /**
     * Sends what was written; blocks until the transport has taken it.
     *
     * @throws IOException as the class says; what the transport has not taken goes with what is sent next
     */
    public void flush() throws IOException {
        sending.lock();
        try {
            outbox.flush();
        } finally {
            sending.unlock();
        }
    }

    /**
     * What it receives and sends on.
     *
     * @return the connection, to set timeouts say
     */
    public Connection connection() {
        return connection;
    }

    /**
     * Closes the connection at once, by any thread; idempotent. What was written and not flushed is lost.
     *
     * @throws IOException if closing fails
     */
    @Override
    public void close() throws IOException {
        connection.close();
    }

    /** The next message of what has arrived already, or null; never blocks. */
    @Nullable
    ByteBuffer received() throws FramingException {
        return intake.next();
    }

    @Override
    public String toString() {
        return "messages on " + connection;
    }
}
