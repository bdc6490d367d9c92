package io.socketserver.api.spi;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits for streams on sockets of the operating system. */
final class SocketPoller implements Poller {

    private static final Consumer<SelectionKey> SIGNAL = SocketPoller::signal;

    private final Selector selector;
    private final Queue<Target> closed = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Thread polling;

    SocketPoller(Selector selector) {
        this.selector = selector;
    }

    @Override
    public Key register(PollableChannel channel, Target target) throws IOException {
        if (!(channel instanceof SocketStream stream)) {
            throw new IllegalArgumentException("this poller is for sockets, and "
                    + channel.getClass().getName() + " is none: a loop waits for channels of one transport");
        }
        SocketKey key = new SocketKey(target);
        key.registered = stream.shareThread(key).register(selector, 0, key);
        return key;
    }

    @Override
    public void poll() throws IOException {
        polls();
        // Of those that this thread has closed itself meanwhile the selector would not come back to tell.
        if (!tellClosed()) {
            selector.select(SIGNAL);
            tellClosed();
        }
    }

    @Override
    public void pollNow() throws IOException {
        polls();
        selector.selectNow(SIGNAL);
        tellClosed();
    }

    private void polls() {
        if (polling == null) {
            polling = Thread.currentThread();
        }
    }

    private boolean tellClosed() {
        boolean told = false;
        for (Target target = closed.poll(); target != null; target = closed.poll()) {
            target.ready(true, true);
            told = true;
        }
        return told;
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }

    private static void signal(SelectionKey key) {
        int ready;
        try {
            ready = key.readyOps();
        } catch (CancelledKeyException e) {
            // Closed meanwhile: the attempt shows it.
            ready = SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        }
        ((SocketKey) key.attachment())
                .target.ready((ready & SelectionKey.OP_READ) != 0, (ready & SelectionKey.OP_WRITE) != 0);
    }

    /** A socket here; run when that is closed. */
    private final class SocketKey implements Key, Runnable {

        private final Target target;
        private @Nullable SelectionKey registered;
        private int awaited;

        SocketKey(Target target) {
            this.target = target;
        }

        // The selector forgets a closed socket without a word, and the system releases it only then.
        @Override
        public void run() {
            closed.add(target);
            if (Thread.currentThread() != polling) {
                selector.wakeup();
            }
        }

        @Override
        public void await(boolean toRead, boolean toWrite) {
            SelectionKey key = registered;
            int wanted = (toRead ? SelectionKey.OP_READ : 0) | (toWrite ? SelectionKey.OP_WRITE : 0);
            if (wanted != awaited && key != null && key.isValid()) {
                awaited = wanted;
                try {
                    key.interestOps(wanted);
                } catch (CancelledKeyException e) {
                    // Closed between the two; whoever closed it has told the loop.
                    awaited = 0;
                }
            }
        }
    }
}
