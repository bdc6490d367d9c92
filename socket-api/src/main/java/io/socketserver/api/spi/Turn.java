package io.socketserver.api.spi;

import io.socketserver.api.TimeSource;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One direction of a socket: the time-out in force, and the threads that wait for the socket to be ready. */
final class Turn {

    private final TimeSource time = TimeSource.system();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final String what;
    // Counted, so that a readiness that comes between an attempt and the wait after it is not missed.
    private final AtomicLong signals = new AtomicLong();
    private long timeout;
    private long limitedSince;
    private boolean closed;

    Turn(String what) {
        this.what = what;
        limitedSince = time.nanoTime();
    }

    /** Sets the time-out of later waits, and of those under way from now on; zero for none. */
    void timeout(Duration limit) {
        lock.lock();
        try {
            timeout = TimeUnit.NANOSECONDS.convert(limit);
            limitedSince = time.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long signals() {
        return signals.get();
    }

    /** The time at which an operation begins, to hand to {@link #await}. */
    long begin() {
        return time.nanoTime();
    }

    void ready() {
        lock.lock();
        try {
            signals.incrementAndGet();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there has been a signal after those seen. */
    void await(long seen, long begun) throws SocketTimeoutException, AsynchronousCloseException, InterruptedException {
        lock.lock();
        try {
            while (signals.get() == seen) {
                if (closed) {
                    throw new AsynchronousCloseException();
                }
                if (timeout == 0) {
                    changed.await();
                } else {
                    long deadline = deadline(begun);
                    if (deadline - time.nanoTime() <= 0) {
                        throw new SocketTimeoutException(
                                what + " within " + TimeUnit.NANOSECONDS.toMillis(timeout) + " ms");
                    }
                    time.awaitUntil(lock, changed, deadline);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    // A limit that was set while an operation waits counts from then.
    private long deadline(long begun) {
        return (begun - limitedSince > 0 ? begun : limitedSince) + timeout;
    }
}
