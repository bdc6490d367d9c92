package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes on their way in one direction: a bounded ring, and what each side has done to its end of it. */
final class Pipe {

    private enum End {
        OPEN,
        SHUT,
        CLOSED
    }

    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final byte[] ring;
    private int first;
    private int size;
    private End reader = End.OPEN;
    private End writer = End.OPEN;
    private boolean reset;

    Pipe(MemoryOptions options) {
        time = options.time();
        ring = new byte[options.capacity()];
    }

    /** Reads what is there, waiting for at least one byte; a timeout of zero has no end. */
    int read(ByteBuffer target, Duration timeout) throws IOException, InterruptedException {
        long deadline = Deadline.of(time, timeout);
        boolean inTime = true;
        boolean waited = false;
        lock.lockInterruptibly();
        try {
            while (true) {
                requireUsable(reader, waited);
                if (reader == End.SHUT) {
                    return -1;
                }
                if (size > 0 || !target.hasRemaining()) {
                    return take(target);
                }
                if (writer != End.OPEN) {
                    return -1;
                }
                if (!inTime) {
                    throw new SocketTimeoutException("nothing to read within " + timeout.toMillis() + " ms");
                }
                waited = true;
                if (timeout.isZero()) {
                    changed.await();
                } else {
                    inTime = time.awaitUntil(lock, changed, deadline);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes what there is room for, waiting for room for at least one byte. */
    int write(ByteBuffer source) throws IOException, InterruptedException {
        boolean waited = false;
        lock.lockInterruptibly();
        try {
            while (true) {
                requireUsable(writer, waited);
                if (writer == End.SHUT) {
                    throw new ClosedChannelException();
                }
                if (reader == End.CLOSED) {
                    throw new IOException("broken pipe");
                }
                if (reader == End.SHUT) {
                    return skip(source);
                }
                if (size < ring.length || !source.hasRemaining()) {
                    return put(source);
                }
                waited = true;
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The reader finds the end of the stream behind what is on its way. */
    void shutWriter() throws IOException {
        lock.lock();
        try {
            requireUsable(writer, false);
            writer = End.SHUT;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The reader finds the end of the stream at once; what the writer still writes is dropped. */
    void shutReader() throws IOException {
        lock.lock();
        try {
            requireUsable(reader, false);
            reader = End.SHUT;
            size = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void closeWriter() {
        change(() -> writer = End.CLOSED);
    }

    void closeReader() {
        change(() -> reader = End.CLOSED);
    }

    /** Both sides fail from now on; what is on its way is lost. */
    void reset() {
        change(() -> reset = true);
    }

    private void change(Runnable how) {
        lock.lock();
        try {
            how.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void requireUsable(End own, boolean waited) throws IOException {
        if (own == End.CLOSED) {
            throw waited ? new AsynchronousCloseException() : new ClosedChannelException();
        }
        if (reset) {
            throw new IOException("connection reset");
        }
    }

    private int take(ByteBuffer target) {
        int count = Math.min(size, target.remaining());
        int straight = Math.min(count, ring.length - first);
        target.put(ring, first, straight).put(ring, 0, count - straight);
        first = (first + count) % ring.length;
        size -= count;
        changed.signalAll();
        return count;
    }

    private int put(ByteBuffer source) {
        int count = Math.min(ring.length - size, source.remaining());
        int end = (first + size) % ring.length;
        int straight = Math.min(count, ring.length - end);
        source.get(ring, end, straight).get(ring, 0, count - straight);
        size += count;
        changed.signalAll();
        return count;
    }

    private static int skip(ByteBuffer source) {
        int count = source.remaining();
        source.position(source.limit());
        return count;
    }
}
