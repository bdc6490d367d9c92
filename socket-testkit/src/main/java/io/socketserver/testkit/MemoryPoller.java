package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import io.socketserver.api.spi.PollableChannel;
import io.socketserver.api.spi.Poller;
import java.nio.channels.ClosedChannelException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Waits for channels in memory: looks at those at which something has happened. */
final class MemoryPoller implements Poller {

    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<MemoryKey> touched = new LinkedHashSet<>();
    private boolean woken;
    private boolean closed;

    MemoryPoller(TimeSource time) {
        this.time = time;
    }

    @Override
    public Key register(PollableChannel channel, Target target) throws ClosedChannelException {
        if (!(channel instanceof MemoryChannel memory)) {
            throw new IllegalArgumentException("this poller is for channels in memory, and "
                    + channel.getClass().getName() + " is none: a loop waits for channels of one transport");
        }
        MemoryKey key = new MemoryKey(memory, target);
        memory.watch(() -> touch(key));
        // Looked at only now, so that it either is seen here or is told.
        if (!memory.isOpen()) {
            throw new ClosedChannelException();
        }
        return key;
    }

    @Override
    public void poll() {
        take(true).forEach(MemoryKey::tell);
    }

    @Override
    public void pollNow() {
        take(false).forEach(MemoryKey::tell);
    }

    @Override
    public void wakeup() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            touched.clear();
        } finally {
            lock.unlock();
        }
    }

    private List<MemoryKey> take(boolean patient) {
        lock.lock();
        try {
            while (patient
                    && touched.isEmpty()
                    && !woken
                    && !Thread.currentThread().isInterrupted()) {
                await();
            }
            woken = false;
            List<MemoryKey> taken = List.copyOf(touched);
            touched.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private void await() {
        try {
            time.awaitUntil(lock, changed, Deadline.never(time));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void touch(MemoryKey key) {
        lock.lock();
        try {
            if (!closed) {
                touched.add(key);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private final class MemoryKey implements Key {

        private final MemoryChannel channel;
        private final Target target;
        private volatile boolean toRead;
        private volatile boolean toWrite;
        private boolean over;

        MemoryKey(MemoryChannel channel, Target target) {
            this.channel = channel;
            this.target = target;
        }

        @Override
        public void await(boolean read, boolean write) {
            toRead = read;
            toWrite = write;
            touch(this);
        }

        void tell() {
            if (over) {
                return;
            }
            boolean open = channel.isOpen();
            over = !open;
            boolean read = toRead && channel.readable();
            boolean write = toWrite && channel.writable();
            if (!open || read || write) {
                target.ready(read || !open, write || !open);
                // Told again, as long as it is ready.
                if (open) {
                    touch(this);
                }
            }
        }
    }
}
