package io.socketserver.api;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a server accepts and a handler answers: a {@link Connection} or a {@link Datagram}.
 *
 * <p>Code written against this type alone serves both. The same types stand for the client's side of a conversation;
 * they belong to no server then.
 */
public abstract sealed class Request implements Closeable permits Connection, Datagram {

    private static final AtomicLong IDS = new AtomicLong();
    private static final AtomicIntegerFieldUpdater<Request> LEFT =
            AtomicIntegerFieldUpdater.newUpdater(Request.class, "left");

    private final long id = IDS.incrementAndGet();
    private volatile @Nullable Server<?> server;
    private volatile @Nullable CutOff cutOff;
    private @Nullable Object countedAs;
    private volatile boolean concluded;
    private volatile int left;

    Request() {}

    /**
     * A number that no other request of this process has: the way to tell apart peers without an address, such as those
     * of a Unix socket.
     *
     * @return a positive number, larger for later requests
     */
    public final long id() {
        return id;
    }

    /**
     * The server that accepted this request, so that a handler can shut it down or look at its state.
     *
     * @return the server, or empty on the client's side
     */
    public final Optional<Server<?>> server() {
        return Optional.ofNullable(server);
    }

    /**
     * Whether the server is ending, so that a handler with more than one thing to do should come to its end.
     *
     * @return true from the server's {@linkplain Server#shutdown() shutdown} on; always false on the client's side
     */
    public final boolean draining() {
        Server<?> accepting = server;
        return accepting != null && accepting.draining();
    }

    /**
     * Who sent it: Python's {@code client_address}.
     *
     * @return the peer's address, also after {@link #close()}
     */
    public abstract SocketAddress remoteAddress();

    /**
     * Where it arrived.
     *
     * @return this side's address, also after {@link #close()}
     */
    public abstract SocketAddress localAddress();

    /**
     * What the peer sends, as a stream: Python's {@code rfile}.
     *
     * <p>Of a connection it is live, and reads block; of a datagram it holds the payload. Closing it closes the
     * request, as with {@link java.net.Socket}.
     *
     * @return the stream, the same at each call
     */
    public abstract InputStream input();

    /**
     * What goes to the peer, as a stream: Python's {@code wfile}.
     *
     * <p>To a connection it writes through, unbuffered, and may block; to a datagram's sender it collects one reply,
     * which {@link #close()} sends. Closing it closes the request, as with {@link java.net.Socket}.
     *
     * @return the stream, the same at each call
     */
    public abstract OutputStream output();

    /**
     * Whether {@link #close()} has yet to be called.
     *
     * @return false once closed; a peer that went away does not change it
     */
    public abstract boolean isOpen();

    /**
     * Ends it, by any thread and at any time; idempotent.
     *
     * <p>The server closes each request when its handler ends. Operations that block on it in other threads end with
     * {@link java.nio.channels.ClosedChannelException}.
     *
     * @throws IOException if the last of what was owed to the peer, a datagram's reply, could not be sent; it is closed
     *     all the same
     */
    @Override
    public abstract void close() throws IOException;

    /** Forgets what was prepared for the peer but not sent. */
    abstract void discardReply();

    /** Closes it without sending what was prepared. */
    abstract void abort() throws IOException;

    /** How many bytes the peer has sent that were read here. */
    abstract long bytesIn();

    /** How many bytes were written to the peer. */
    abstract long bytesOut();

    /** Who sent it, for limits per peer: equal for requests of one peer, but for the port of an address. */
    abstract Object peer();

    final void accepted(Server<?> by) {
        server = by;
    }

    /** Notes why it is about to be closed, for those who find it closed. */
    final void cutOff(CutOff why) {
        cutOff = why;
    }

    final @Nullable CutOff cutOff() {
        return cutOff;
    }

    /** Notes that it is over, and its bytes are counted with those of the others that are. */
    final void concluded() {
        concluded = true;
    }

    final boolean isConcluded() {
        return concluded;
    }

    /** Notes that it no longer counts. Returns false if that was noted before. */
    final boolean leaves() {
        return left == 0 && LEFT.compareAndSet(this, 0, 1);
    }

    /** Notes which peer it was counted for. */
    final void countedAs(Object peer) {
        countedAs = peer;
    }

    final @Nullable Object countedAs() {
        return countedAs;
    }
}
