package io.socketserver.api.spi;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Waits for streams on sockets of the operating system. */
final class SocketPoller implements Poller {

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
        SocketChannel socket = stream.shareThread(() -> closed(target));
        return new SocketKey(socket.register(selector, 0, target));
    }

    @Override
    public void poll() throws IOException {
        polls();
        selector.select(SocketPoller::signal);
        tellClosed();
    }

    @Override
    public void pollNow() throws IOException {
        polls();
        selector.selectNow(SocketPoller::signal);
        tellClosed();
    }

    private void polls() {
        if (polling == null) {
            polling = Thread.currentThread();
        }
    }

    private void tellClosed() {
        for (Target target = closed.poll(); target != null; target = closed.poll()) {
            target.ready(true, true);
        }
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }

    // The selector forgets a closed socket without a word, and the system releases it only then.
    private void closed(Target target) {
        if (Thread.currentThread() != polling) {
            closed.add(target);
            selector.wakeup();
        }
    }

    private static void signal(SelectionKey key) {
        int ready;
        try {
            ready = key.readyOps();
        } catch (CancelledKeyException e) {
            // Closed meanwhile: the attempt shows it.
            ready = SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        }
        ((Target) key.attachment()).ready((ready & SelectionKey.OP_READ) != 0, (ready & SelectionKey.OP_WRITE) != 0);
    }

    private static final class SocketKey implements Key {

        private final SelectionKey key;
        private int awaited;

        SocketKey(SelectionKey key) {
            this.key = key;
        }

        @Override
        public void await(boolean toRead, boolean toWrite) {
            int wanted = (toRead ? SelectionKey.OP_READ : 0) | (toWrite ? SelectionKey.OP_WRITE : 0);
            if (wanted != awaited && key.isValid()) {
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
