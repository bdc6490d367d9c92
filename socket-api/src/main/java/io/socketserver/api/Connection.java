package io.socketserver.api;

import io.socketserver.api.spi.PollableChannel;
import io.socketserver.api.spi.StreamChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One end of a byte stream: what a stream server accepts, and what a client's connect returns.
 *
 * <p>It has the surface of Python's socket in Java's terms. Reads and writes block, and are independent of each other:
 * one thread may read while another writes. Bytes of one write call are never mixed with those of another. Reads are
 * meant for one thread at a time.
 *
 * <p>Reads and writes throw {@link DisconnectedException} when the peer is gone, {@link ClosedChannelException} when
 * this side was closed, and {@link java.net.SocketTimeoutException} when a {@linkplain #readTimeout(Duration) timeout}
 * has passed.
 */
public final class Connection extends Request {

    /** The longest line, in bytes without its ending, that {@link #readLine()} takes: {@value}. */
    public static final int DEFAULT_MAX_LINE = 65_536;

    private static final int PIECE = 65_536;

    private static final AtomicReferenceFieldUpdater<Connection, @Nullable Waiting> WAITING =
            AtomicReferenceFieldUpdater.newUpdater(Connection.class, Waiting.class, "waiting");
    private static final AtomicLongFieldUpdater<Connection> IN =
            AtomicLongFieldUpdater.newUpdater(Connection.class, "bytesIn");
    private static final AtomicLongFieldUpdater<Connection> OUT =
            AtomicLongFieldUpdater.newUpdater(Connection.class, "bytesOut");

    private final StreamChannel channel;
    private volatile long bytesIn;
    private volatile long bytesOut;
    private volatile @Nullable Waiting waiting;
    private @Nullable Inbox inbox;
    private @Nullable Activity activity;
    private volatile Duration readTimeout = Duration.ZERO;
    private volatile Duration writeTimeout = Duration.ZERO;

    private Connection(StreamChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes a connection of a transport's connected channel.
     *
     * @param channel open and connected; owned by the connection from now on
     * @return the connection
     */
    public static Connection of(StreamChannel channel) {
        return new Connection(Objects.requireNonNull(channel, "channel"));
    }

    @Override
    public SocketAddress remoteAddress() {
        return channel.remoteAddress();
    }

    @Override
    public SocketAddress localAddress() {
        return channel.localAddress();
    }

    @Override
    public InputStream input() {
        return waiting().input;
    }

    @Override
    public OutputStream output() {
        return waiting().output;
    }

    /**
     * Reads what has arrived, at least one byte; blocks until there is one. Python's {@code recv_into}.
     *
     * @param target where the bytes go, from its position on
     * @return how many were read, 0 if the target has no room, -1 at the end of the stream
     * @throws IOException as the class says
     */
    public int read(ByteBuffer target) throws IOException {
        Inbox ahead = inbox;
        return ahead == null || ahead.isEmpty() ? receive(target) : ahead.drainTo(target);
    }

    /**
     * Reads what has arrived into a whole array, as {@link #read(ByteBuffer)} does.
     *
     * @param target where the bytes go
     * @return how many were read, 0 if the target has no room, -1 at the end of the stream
     * @throws IOException as the class says
     */
    public int read(byte[] target) throws IOException {
        return read(ByteBuffer.wrap(target));
    }

    /**
     * Reads what has arrived into a part of an array, as {@link #read(ByteBuffer)} does.
     *
     * @param target where the bytes go
     * @param offset the index of the first
     * @param length how many at most
     * @return how many were read, 0 if length is 0, -1 at the end of the stream
     * @throws IOException as the class says
     */
    public int read(byte[] target, int offset, int length) throws IOException {
        return read(ByteBuffer.wrap(target, offset, length));
    }

    /**
     * Reads a line in UTF-8 of at most {@link #DEFAULT_MAX_LINE} bytes, see {@link #readLine(int)}.
     *
     * @return the line without its ending, or {@code null} at the end of the stream
     * @throws FramingException if it is longer
     * @throws IOException as the class says
     */
    public @Nullable String readLine() throws IOException {
        return readLine(DEFAULT_MAX_LINE);
    }

    /**
     * Reads a line in UTF-8, ended by a line feed, by carriage return and line feed, or by the end of the stream;
     * blocks until it is complete. Python's {@code rfile.readline}.
     *
     * <p>Memory grows with the bytes that arrive, never beyond the maximum. A timeout loses nothing: the next call goes
     * on with what had come. Bytes that are not UTF-8 become U+FFFD. Bytes read ahead stay available to every other
     * read.
     *
     * @param maxBytes the longest line to take, in bytes without its ending
     * @return the line without its ending, or {@code null} at the end of the stream
     * @throws FramingException if it is longer
     * @throws IOException as the class says
     */
    public @Nullable String readLine(int maxBytes) throws IOException {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes must be 0 or more, not " + maxBytes);
        }
        if (inbox == null) {
            inbox = new Inbox(this::receive);
        }
        return inbox.readLine(maxBytes);
    }

    /**
     * Writes all that remains in the source; blocks until the transport has taken it. Python's {@code sendall}.
     *
     * @param source what to write, from its position on
     * @throws IOException as the class says; the source's position tells how much was written
     */
    public void write(ByteBuffer source) throws IOException {
        ReentrantLock writing = waiting().writing;
        writing.lock();
        try {
            send(source);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Writes a whole array, as {@link #write(ByteBuffer)} does.
     *
     * @param source what to write
     * @throws IOException as the class says
     */
    public void write(byte[] source) throws IOException {
        write(ByteBuffer.wrap(source));
    }

    /**
     * Writes a part of an array, as {@link #write(ByteBuffer)} does.
     *
     * @param source what to write
     * @param offset the index of the first byte
     * @param length how many
     * @throws IOException as the class says
     */
    public void write(byte[] source, int offset, int length) throws IOException {
        write(ByteBuffer.wrap(source, offset, length));
    }

    /**
     * Writes text in UTF-8 and a line feed, in one piece.
     *
     * @param line the text
     * @throws IOException as the class says
     */
    public void writeLine(String line) throws IOException {
        write((line + '\n').getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Ends this side's reading: what is still to come is dropped, and reads find the end of the stream. Python's {@code
     * shutdown(SHUT_RD)}.
     *
     * @throws IOException if the connection is closed or the peer is gone
     */
    public void shutdownInput() throws IOException {
        channel.shutdownInput();
    }

    /**
     * Ends this side's writing: the peer reads the end of the stream, and can still answer. Python's {@code
     * shutdown(SHUT_WR)}.
     *
     * @throws IOException if the connection is closed or the peer is gone
     */
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    /**
     * Bounds how long each read waits for its first byte: Python's {@code settimeout}, for reads.
     *
     * <p>A read that runs out of time throws {@link java.net.SocketTimeoutException}, and the connection is as before.
     * The limit holds for later reads, and from now on for one that waits in another thread. It bounds one read, not a
     * conversation: a peer that sends a byte now and then is never late.
     *
     * <p>On a socket of the operating system the first time-out has to be set before the first read and write: from then
     * on the socket no longer blocks, and it stays so: a connection costs more to begin with, and its reads no more.
     *
     * @param timeout the limit, or {@link Duration#ZERO}, as at the beginning, for none
     * @throws IllegalArgumentException if it is negative
     * @throws IllegalStateException if the connection was read or written before, and had no time-out then
     * @throws IOException if the connection is closed
     */
    public void readTimeout(Duration timeout) throws IOException {
        channel.readTimeout(notNegative(timeout));
        readTimeout = timeout;
    }

    /**
     * The limit that {@link #readTimeout(Duration)} has set. Python's {@code gettimeout}.
     *
     * @return the limit, zero for none
     */
    public Duration readTimeout() {
        return readTimeout;
    }

    /**
     * Bounds how long each write may take in all: Python's {@code settimeout}, for {@code sendall}.
     *
     * <p>A write that runs out of time throws {@link java.net.SocketTimeoutException}; part of it may have been
     * written, as the position of a buffer tells. The rest is as with {@link #readTimeout(Duration)}.
     *
     * @param timeout the limit, or {@link Duration#ZERO}, as at the beginning, for none
     * @throws IllegalArgumentException if it is negative
     * @throws IllegalStateException if the connection was read or written before, and had no time-out then
     * @throws IOException if the connection is closed
     */
    public void writeTimeout(Duration timeout) throws IOException {
        channel.writeTimeout(notNegative(timeout));
        writeTimeout = timeout;
    }

    /**
     * The limit that {@link #writeTimeout(Duration)} has set.
     *
     * @return the limit, zero for none
     */
    public Duration writeTimeout() {
        return writeTimeout;
    }

    /**
     * What its transport reads and writes for it, for those who need more of a transport than every transport has.
     *
     * @return the channel; to read or write it past this connection is to lose what was read ahead
     */
    public StreamChannel channel() {
        return channel;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    void discardReply() {
        // A stream has no reply to take back: what was written is on its way.
    }

    @Override
    void abort() throws IOException {
        channel.close();
    }

    @Override
    long bytesIn() {
        return bytesIn;
    }

    @Override
    long bytesOut() {
        return bytesOut;
    }

    @Override
    Object peer() {
        return channel.peer();
    }

    /** Reads what is there, without waiting; its channel is one that can be polled. */
    int tryRead(ByteBuffer target) throws IOException {
        Inbox ahead = inbox;
        if (ahead != null && !ahead.isEmpty()) {
            return ahead.drainTo(target);
        }
        try {
            int count = ((PollableChannel) channel).tryRead(target);
            Activity watch = activity;
            if (count > 0) {
                if (watch != null) {
                    watch.readEnds(count);
                }
                // Only the thread that polls counts, so it need not be atomic.
                IN.lazySet(this, bytesIn + count);
            }
            return count;
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /** Writes what there is room for, without waiting; its channel is one that can be polled. */
    int tryWrite(ByteBuffer source) throws IOException {
        try {
            int count = ((PollableChannel) channel).tryWrite(source);
            Activity watch = activity;
            if (count > 0) {
                if (watch != null) {
                    watch.moves();
                }
                OUT.lazySet(this, bytesOut + count);
            }
            return count;
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /** Notes what is waited for by who does not wait in reads and writes. */
    void awaits(boolean toRead, boolean toWrite) {
        Activity watch = activity;
        if (watch != null) {
            watch.awaits(toRead, toWrite);
        }
    }

    /** From now on tells somebody else what it is doing; before it is used. */
    void watchedBy(Activity watch) {
        activity = watch;
    }

    private Waiting waiting() {
        Waiting there = waiting;
        if (there == null) {
            Waiting made = new Waiting(this);
            there = WAITING.compareAndSet(this, null, made) ? made : Objects.requireNonNull(waiting);
        }
        return there;
    }

    private static Duration notNegative(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("a timeout must be zero (for none) or more, not " + timeout);
        }
        return timeout;
    }

    private int receive(ByteBuffer target) throws IOException {
        Activity watch = activity;
        if (watch != null) {
            watch.readBegins();
        }
        int count = 0;
        try {
            count = channel.read(target);
            if (count > 0) {
                IN.getAndAdd(this, count);
            }
            return count;
        } catch (IOException e) {
            throw explained(e);
        } finally {
            if (watch != null) {
                watch.readEnds(count);
            }
        }
    }

    private void send(ByteBuffer source) throws IOException {
        Activity watch = activity;
        int before = source.remaining();
        boolean ownLimit = !writeTimeout.isZero();
        if (watch != null) {
            watch.writeBegins(ownLimit);
        }
        try {
            if (watch == null || ownLimit) {
                channel.write(source);
            } else {
                writePieces(source, watch);
            }
        } catch (IOException e) {
            throw explained(e);
        } finally {
            int count = before - source.remaining();
            OUT.getAndAdd(this, count);
            if (watch != null) {
                watch.writeEnds(count);
            }
        }
    }

    // So that a long write is seen to get on. Not where the channel has a limit of its own on the write as a whole.
    private void writePieces(ByteBuffer source, Activity watch) throws IOException {
        int end = source.limit();
        try {
            do {
                source.limit(source.position() + Math.min(PIECE, end - source.position()));
                channel.write(source);
                watch.moves();
            } while (source.position() < end);
        } finally {
            source.limit(end);
        }
    }

    // What is neither a timeout nor our own closing can only be the peer's doing, or the network's.
    private IOException explained(IOException e) {
        CutOff why = cutOff();
        if (why != null && !isOpen()) {
            return why.failure(this, e);
        }
        if (e instanceof InterruptedIOException || e instanceof ClosedChannelException) {
            return e;
        }
        // That of another connection, which this one stands on, is the cause of this one's.
        DisconnectedException gone = e instanceof DisconnectedException known && known.isOf(this)
                ? known
                : new DisconnectedException(this + ": the peer is gone: " + e.getMessage(), e);
        return gone.of(this);
    }

    @Override
    public String toString() {
        return "connection " + id() + " with " + remoteAddress();
    }
}
