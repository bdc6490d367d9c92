package io.socketserver.api.spi;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream on a connected socket of the operating system, for every transport that has one.
 *
 * <p>It begins in blocking mode: reads and writes go straight to the channel, and there are no time-outs. The first
 * time-out that is set changes it for good to a mode with time-outs that leave it usable: the channel no longer blocks,
 * and threads wait for it through one poller that all such streams share. That change is possible only before the first
 * read and write, since it would wait for those that are under way. To be registered with a {@link Poller} changes it for
 * good as well.
 */
public final class SocketStream implements PollableChannel {

    private final SocketChannel channel;
    private final SocketAddress local;
    private final SocketAddress remote;
    private final @Nullable Supplier<?> peer;
    // Held while it is decided whether the stream blocks; never while anything waits.
    private final ReentrantLock mode = new ReentrantLock();
    private volatile boolean blocking;
    private volatile @Nullable TimedSocket timed;
    private volatile boolean outputEnded;
    private boolean shared;
    private @Nullable Runnable onClose;

    private SocketStream(SocketChannel channel, SocketAddress local, SocketAddress remote, @Nullable Supplier<?> peer) {
        this.channel = channel;
        this.local = local;
        this.remote = remote;
        this.peer = peer;
    }

    /**
     * Makes a stream of a connected channel in blocking mode.
     *
     * @param channel owned by the stream from now on
     * @param local this end's address
     * @param remote the other end's address
     * @return the stream
     */
    public static SocketStream of(SocketChannel channel, SocketAddress local, SocketAddress remote) {
        return new SocketStream(channel, local, remote, null);
    }

    /**
     * Makes a stream of a connected channel in blocking mode, of which more is known than its address.
     *
     * @param channel owned by the stream from now on
     * @param local this end's address
     * @param remote the other end's address
     * @param peer tells who is there, see {@link StreamChannel#peer()}; asked only if a limit per peer needs it
     * @return the stream
     */
    public static SocketStream of(SocketChannel channel, SocketAddress local, SocketAddress remote, Supplier<?> peer) {
        return new SocketStream(channel, local, remote, Objects.requireNonNull(peer, "peer"));
    }

    /**
     * The socket that it stands on, for its options; reading, writing and the blocking mode are the stream's own.
     *
     * @return the channel
     */
    public SocketChannel channel() {
        return channel;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        TimedSocket socket = use();
        return socket == null ? Chunks.read(channel, target) : socket.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        TimedSocket socket = use();
        try {
            return socket == null ? writeAll(source) : socket.write(source);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    @Override
    public int tryRead(ByteBuffer target) throws IOException {
        return Chunks.read(channel, target);
    }

    @Override
    public int tryWrite(ByteBuffer source) throws IOException {
        try {
            return Chunks.write(channel, source);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    @Override
    public Poller openPoller() throws IOException {
        return new SocketPoller(channel.provider().openSelector());
    }

    /** Makes it one that never blocks, for a thread that serves others too, which is told when it is closed. */
    SocketChannel shareThread(Runnable told) throws IOException {
        mode.lock();
        try {
            channel.configureBlocking(false);
            blocking = false;
            shared = true;
            onClose = told;
            return channel;
        } finally {
            mode.unlock();
        }
    }

    // The system says the same, that the pipe is broken, whichever side has ended it.
    private IOException explained(IOException e) {
        boolean known = e instanceof ClosedChannelException || e instanceof InterruptedIOException;
        return outputEnded && !known ? closed(e) : e;
    }

    private int writeAll(ByteBuffer source) throws IOException {
        int count = 0;
        while (source.hasRemaining()) {
            count += Chunks.write(channel, source);
        }
        return count;
    }

    private static ClosedChannelException closed(IOException cause) {
        ClosedChannelException closed = new ClosedChannelException();
        closed.initCause(cause);
        return closed;
    }

    @Override
    public void readTimeout(Duration timeout) throws IOException {
        TimedSocket socket = timedFor(timeout);
        if (socket != null) {
            socket.readTimeout(timeout);
        }
    }

    @Override
    public void writeTimeout(Duration timeout) throws IOException {
        TimedSocket socket = timedFor(timeout);
        if (socket != null) {
            socket.writeTimeout(timeout);
        }
    }

    // Null if the stream blocks; that is settled by its first use.
    private @Nullable TimedSocket use() {
        TimedSocket socket = timed;
        if (socket != null || blocking) {
            return socket;
        }
        mode.lock();
        try {
            requireThreadOfItsOwn();
            blocking = timed == null;
            return timed;
        } finally {
            mode.unlock();
        }
    }

    private void requireThreadOfItsOwn() {
        if (shared) {
            throw new IllegalStateException("this stream is served by a thread that serves others too, and so cannot be"
                    + " waited for: reply to messages instead, and set limits of the server instead of time-outs");
        }
    }

    // Null if there is no time-out and none is asked for, so that nothing has to change.
    private @Nullable TimedSocket timedFor(Duration timeout) throws IOException {
        mode.lock();
        try {
            if (!channel.isOpen()) {
                throw new ClosedChannelException();
            }
            requireThreadOfItsOwn();
            if (timed == null && !timeout.isZero()) {
                if (blocking) {
                    throw new IllegalStateException("a time-out must be set before the first read and write: this"
                            + " stream was used without any, and so blocks for good");
                }
                timed = TimedSocket.of(channel);
            }
            return timed;
        } finally {
            mode.unlock();
        }
    }

    @Override
    public void shutdownInput() throws IOException {
        channel.shutdownInput();
        wake(SelectionKey.OP_READ);
    }

    @Override
    public void shutdownOutput() throws IOException {
        // First, since a write that waits may fail before this returns.
        outputEnded = true;
        boolean done = false;
        try {
            channel.shutdownOutput();
            done = true;
        } finally {
            outputEnded = done;
        }
        wake(SelectionKey.OP_WRITE);
    }

    @Override
    public SocketAddress localAddress() {
        return local;
    }

    @Override
    public SocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public Object peer() {
        return peer == null ? remote : peer.get();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        try {
            Closeable owner = owner();
            owner.close();
            Closeable later = owner();
            if (later != owner) {
                // A first time-out has come meanwhile; there is none any more.
                later.close();
            }
        } finally {
            tellClosed();
        }
    }

    // Once, however often and by how many threads it is closed.
    private void tellClosed() {
        Runnable told;
        mode.lock();
        try {
            told = onClose;
            onClose = null;
        } finally {
            mode.unlock();
        }
        if (told != null) {
            told.run();
        }
    }

    // Under the lock, so that a mode which is being changed is changed first.
    private Closeable owner() {
        mode.lock();
        try {
            TimedSocket socket = timed;
            return socket == null ? channel : socket;
        } finally {
            mode.unlock();
        }
    }

    // Not every system tells a selector that this side has ended a direction itself.
    private void wake(int operation) {
        TimedSocket socket = timed;
        if (socket != null) {
            socket.ready(operation);
        }
    }
}
