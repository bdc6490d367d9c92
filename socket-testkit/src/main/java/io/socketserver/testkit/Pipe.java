package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes on their way in one direction: a bounded ring, and what each side has done to its end of it. */
final class Pipe {

    private enum End {
        OPEN,
        SHUT,
        CLOSED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Limit reading;
    private final Limit writing;
    private final byte[] ring;
    private int first;
    private int size;
    private long written;
    private End reader = End.OPEN;
    private End writer = End.OPEN;
    private boolean reset;
    private final List<Runnable> watchers = new ArrayList<>(0);

    Pipe(MemoryOptions options) {
        TimeSource time = options.time();
        reading = new Limit(time, "nothing came");
        writing = new Limit(time, "the peer did not take all");
        ring = new byte[options.capacity()];
    }

    /** From now on somebody is told of each change, under the lock of this pipe. */
    void watch(Runnable told) {
        lock.lock();
        try {
            watchers.add(told);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a read has a result. */
    boolean readable() {
        lock.lock();
        try {
            return size > 0 || reader != End.OPEN || writer != End.OPEN || reset;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a write has a result that was worth waiting for. */
    boolean writable() {
        lock.lock();
        try {
            return isRoomFor(ring.length) || reader != End.OPEN || writer != End.OPEN || reset;
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes have come in, in all. */
    long written() {
        lock.lock();
        try {
            return written;
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes can be written at once; no end of them when nobody reads them any more. */
    int room() {
        lock.lock();
        try {
            return reader == End.OPEN ? ring.length - size : Integer.MAX_VALUE;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing more will be written. */
    boolean isEnded() {
        lock.lock();
        try {
            return writer != End.OPEN;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the reader has gone, which who writes is told. */
    boolean isDeserted() {
        lock.lock();
        try {
            return reader == End.CLOSED;
        } finally {
            lock.unlock();
        }
    }

    boolean isReset() {
        lock.lock();
        try {
            return reset;
        } finally {
            lock.unlock();
        }
    }

    /** Reads what is there, possibly nothing. */
    int tryRead(ByteBuffer target) throws IOException {
        lock.lock();
        try {
            requireUsable(reader, false);
            boolean over = reader == End.SHUT || (size == 0 && writer != End.OPEN);
            return over && target.hasRemaining() ? -1 : take(target);
        } finally {
            lock.unlock();
        }
    }

    /** Writes what there is room for, possibly nothing. */
    int tryWrite(ByteBuffer source) throws IOException {
        int before = source.remaining();
        lock.lock();
        try {
            offer(source, false);
            return before - source.remaining();
        } finally {
            lock.unlock();
        }
    }

    /** Reads what is there, waiting for at least one byte. */
    int read(ByteBuffer target) throws IOException, InterruptedException {
        long begun = reading.begin();
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
                waited = true;
                reading.await(lock, changed, begun);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes all of the source, waiting for room. */
    int write(ByteBuffer source) throws IOException, InterruptedException {
        long begun = writing.begin();
        int total = source.remaining();
        boolean waited = false;
        lock.lockInterruptibly();
        try {
            while (true) {
                offer(source, waited);
                if (!source.hasRemaining()) {
                    return total;
                }
                waited = true;
                writing.await(lock, changed, begun);
            }
        } finally {
            lock.unlock();
        }
    }

    // Takes what there is room for.
    private void offer(ByteBuffer source, boolean waited) throws IOException {
        requireUsable(writer, waited);
        if (writer == End.SHUT) {
            throw new ClosedChannelException();
        }
        if (reader == End.CLOSED) {
            throw new IOException("broken pipe");
        }
        if (reader == End.SHUT) {
            source.position(source.limit());
        }
        if (!waited || isRoomFor(source.remaining())) {
            put(source);
        }
    }

    // Who waits for room waits for half of it, as in a kernel, lest what travels at a time get ever smaller.
    private boolean isRoomFor(int count) {
        return ring.length - size >= Math.min(count, (ring.length + 1) / 2);
    }

    /** Bounds each read, also one that waits now; zero has no end. */
    void readTimeout(Duration timeout) throws ClosedChannelException {
        limit(reader, reading, timeout);
    }

    /** Bounds each write as a whole, also one that waits now; zero has no end. */
    void writeTimeout(Duration timeout) throws ClosedChannelException {
        limit(writer, writing, timeout);
    }

    /** The reader finds the end of the stream behind what is on its way. */
    void shutWriter() throws IOException {
        lock.lock();
        try {
            requireUsable(writer, false);
            writer = End.SHUT;
            signal();
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
            signal();
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

    private void limit(End own, Limit limit, Duration timeout) throws ClosedChannelException {
        lock.lock();
        try {
            if (own == End.CLOSED) {
                throw new ClosedChannelException();
            }
            limit.set(timeout);
            signal();
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable how) {
        lock.lock();
        try {
            how.run();
            signal();
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        changed.signalAll();
        watchers.forEach(Runnable::run);
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
        if (count > 0) {
            signal();
        }
        return count;
    }

    private void put(ByteBuffer source) {
        int count = Math.min(ring.length - size, source.remaining());
        int end = (first + size) % ring.length;
        int straight = Math.min(count, ring.length - end);
        source.get(ring, end, straight).get(ring, 0, count - straight);
        size += count;
        written += count;
        if (count > 0) {
            signal();
        }
    }
}
