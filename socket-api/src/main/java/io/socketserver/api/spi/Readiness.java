package io.socketserver.api.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.time.Duration;

/**
 * Waits until a channel of the operating system is ready, for endpoints that stand on one.
 *
 * <p>A thread that blocks in the channel itself cannot be woken, and an interrupt of it closes the channel. A thread
 * that waits here can be woken, and an interrupt only wakes it. One thread waits at a time; the rest is thread-safe.
 */
public final class Readiness implements Closeable {

    private final SelectableChannel channel;
    private final Selector selector;

    private Readiness(SelectableChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    /**
     * Makes the channel non-blocking and gets ready to wait for it.
     *
     * @param channel to be waited for; closed by {@link #close()}; left open if this fails
     * @param operation one of the constants of {@link java.nio.channels.SelectionKey}
     * @return what waits
     * @throws IOException if the system refuses
     */
    public static Readiness of(SelectableChannel channel, int operation) throws IOException {
        Selector selector = channel.provider().openSelector();
        try {
            channel.configureBlocking(false);
            channel.register(selector, operation);
            return new Readiness(channel, selector);
        } catch (IOException e) {
            selector.close();
            throw e;
        }
    }

    /**
     * Waits until the channel is ready, the time is over, the thread is interrupted, or {@link #wakeup()} is called.
     *
     * @param timeout how long to wait; zero or less only looks
     * @throws ClosedChannelException if the channel is closed, before or meanwhile
     * @throws IOException if the system fails
     */
    public void await(Duration timeout) throws IOException {
        try {
            if (timeout.isNegative() || timeout.isZero()) {
                selector.selectNow();
            } else {
                selector.select(millis(timeout));
            }
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException e) {
            throw closed(e);
        }
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    /** Makes the current wait, or else the next, end at once. */
    public void wakeup() {
        selector.wakeup();
    }

    /**
     * Closes the channel; when this returns the system has released it. Idempotent.
     *
     * @throws IOException if the system reports a failure
     */
    @Override
    public void close() throws IOException {
        // A registered channel is not released before its selector lets go of it.
        try (selector) {
            channel.close();
        }
    }

    // Rounded up, so that a wait never ends early and is then repeated without need; 0 has no end.
    private static long millis(Duration timeout) {
        return timeout.toSeconds() > Integer.MAX_VALUE
                ? 0
                : timeout.plusNanos(999_999).toMillis();
    }

    private static ClosedChannelException closed(ClosedSelectorException cause) {
        ClosedChannelException closed = new ClosedChannelException();
        closed.initCause(cause);
        return closed;
    }
}
