package io.socketserver.api.spi;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Watches all sockets with time-outs, with one thread that lives as long as there are such sockets. */
final class TimedPoller {

    static final TimedPoller SHARED = new TimedPoller(Selector::open);

    private static final Logger LOG = System.getLogger("io.socketserver");

    /** Where selectors come from. */
    interface Opening {
        Selector open() throws IOException;
    }

    private final Opening opening;
    private final ReentrantLock lock = new ReentrantLock();
    // Not the selector's own set of keys, which a closed socket leaves at some later time.
    private final Set<SelectionKey> watched = new HashSet<>();
    private @Nullable Selector selector;

    TimedPoller(Opening opening) {
        this.opening = opening;
    }

    SelectionKey register(SocketChannel channel, TimedSocket socket) throws IOException {
        lock.lock();
        try {
            Selector running = selector == null ? start() : selector;
            selector = running;
            SelectionKey key = channel.register(running, 0, socket);
            watched.add(key);
            return key;
        } finally {
            lock.unlock();
        }
    }

    /** Asks for one signal to the key's socket, when it is ready for the operation. */
    static void arm(SelectionKey key, int operation) throws AsynchronousCloseException {
        try {
            key.interestOpsOr(operation);
        } catch (CancelledKeyException e) {
            AsynchronousCloseException closed = new AsynchronousCloseException();
            closed.initCause(e);
            throw closed;
        }
        key.selector().wakeup();
    }

    /** Lets go of a closed socket, which the system releases only then; idempotent. */
    void release(SelectionKey key) {
        lock.lock();
        try {
            watched.remove(key);
        } finally {
            lock.unlock();
        }
        key.selector().wakeup();
    }

    private Selector start() throws IOException {
        Selector opened = opening.open();
        boolean started = false;
        try {
            // Nothing of the thread that happens to be the first is passed on to one that may outlive it.
            Thread thread = new Thread(null, () -> run(opened), "socketserver-poller", 0, false);
            thread.setContextClassLoader(null);
            thread.setDaemon(true);
            thread.start();
            started = true;
            return opened;
        } finally {
            if (!started) {
                opened.close();
            }
        }
    }

    private void run(Selector running) {
        try {
            while (!retired()) {
                running.select(TimedPoller::signal);
            }
        } catch (IOException | RuntimeException | Error e) {
            failed(e);
        } finally {
            close(running);
        }
    }

    // Decided under the lock, so that no socket is registered with a selector that is about to close.
    private boolean retired() {
        lock.lock();
        try {
            if (watched.isEmpty()) {
                selector = null;
            }
            return watched.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    // Nobody would be woken any more, so every socket is closed: its threads fail instead of waiting for ever.
    private void failed(Throwable cause) {
        List<SelectionKey> orphans;
        lock.lock();
        try {
            selector = null;
            orphans = List.copyOf(watched);
            watched.clear();
        } finally {
            lock.unlock();
        }
        for (SelectionKey orphan : orphans) {
            try {
                ((TimedSocket) orphan.attachment()).close();
            } catch (IOException | RuntimeException | Error e) {
                cause.addSuppressed(e);
            }
        }
        // At last, since what is logged in trouble may run into the same.
        LOG.log(Level.ERROR, "waiting for sockets with time-outs has failed; those are closed", cause);
    }

    private static void close(Selector selector) {
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a selector did not close", e);
        }
    }

    private static void signal(SelectionKey key) {
        TimedSocket socket = (TimedSocket) key.attachment();
        try {
            int ready = key.readyOps();
            // Armed for one signal only: a socket that nobody reads would be ready again and again.
            key.interestOpsAnd(~ready);
            socket.ready(ready);
        } catch (CancelledKeyException e) {
            // Closed meanwhile; whoever waits is to find out.
            socket.ready(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }
}
