package io.socketserver.api;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A bound place at which requests arrive: a listening socket, or a socket that receives datagrams.
 *
 * <p>It is bound from the moment it exists; a transport's factory makes it, and the server it is given to closes it.
 * One thread at a time accepts; every other method may be called by any thread at any time.
 *
 * @param <R> the kind of request that arrives
 */
public interface Endpoint<R extends Request> extends Closeable {

    /**
     * Waits for the next request: Python's {@code get_request}.
     *
     * <p>An interrupt of the waiting thread makes it return {@code null} with the thread's flag still set; it does not
     * close the endpoint.
     *
     * @param timeout how long to wait; zero or less does not wait, and one that is too long to count in nanoseconds,
     *     such as that of {@link java.time.temporal.ChronoUnit#FOREVER}, has no end
     * @return the request, or {@code null} if none came in time or {@link #wakeup()} was called
     * @throws ClosedChannelException if accepting has been {@linkplain #stopAccepting() stopped}, before or while it
     *     waits
     * @throws IOException if this one attempt failed, for want of file descriptors say; the endpoint is still bound
     */
    @Nullable
    R accept(Duration timeout) throws IOException;

    /**
     * Makes the {@link #accept} that is waiting, or else the next one, return {@code null} at once.
     *
     * <p>Several calls before that have the effect of one. A request that is already there may be returned first, and
     * the {@code null} after it. Without effect once closed. Does not block.
     */
    void wakeup();

    /**
     * Ends accepting for good; a waiting {@link #accept} ends. Idempotent.
     *
     * <p>A listening socket is closed by this, so that its clients are refused at once and do not wait in a backlog. A
     * socket that receives datagrams stays open for the replies to those already received.
     *
     * @throws IOException if the system reports a failure; accepting has ended all the same
     */
    void stopAccepting() throws IOException;

    /**
     * Where it is bound, with the real port if port 0 was asked for.
     *
     * @return the address, also after {@link #close()}
     */
    SocketAddress address();

    /**
     * The URI at which a client reaches it, such as {@code tcp://127.0.0.1:4711}.
     *
     * @return the URI, also after {@link #close()}
     */
    URI uri();

    /**
     * The time that this transport follows, which is also that of a server on it unless the server is built with another.
     *
     * @implSpec the system's, as is right for sockets of the operating system
     * @return the source of time, the same in every call
     */
    default TimeSource time() {
        return TimeSource.system();
    }

    /**
     * Unbinds, after {@linkplain #stopAccepting() ending accepting}; idempotent.
     *
     * <p>The address is free when this returns. Accepted connections live on; datagrams can no longer be answered.
     *
     * @throws IOException if the system reports a failure; the endpoint is closed all the same
     */
    @Override
    void close() throws IOException;
}
