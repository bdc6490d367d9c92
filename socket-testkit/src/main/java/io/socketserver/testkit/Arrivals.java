package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A bounded queue with the waiting that {@link io.socketserver.api.Endpoint#accept} promises. */
final class Arrivals<T> {

    /** What became of an arrival. */
    enum Fate {
        QUEUED,
        FULL,
        STOPPED
    }

    private final int capacity;
    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<T> queue = new ArrayDeque<>();
    private boolean woken;
    private boolean stopped;

    Arrivals(MemoryOptions options) {
        capacity = options.backlog();
        time = options.time();
    }

    Fate offer(T arrival) {
        return offer(() -> arrival);
    }

    /** Offers one that is only made if there is room for it. */
    Fate offer(Supplier<T> arrival) {
        lock.lock();
        try {
            if (stopped) {
                return Fate.STOPPED;
            }
            if (queue.size() == capacity) {
                return Fate.FULL;
            }
            queue.add(arrival.get());
            changed.signalAll();
            return Fate.QUEUED;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the next; null when woken, interrupted (the flag stays) or out of time. */
    @Nullable
    T take(Duration timeout) throws ClosedChannelException {
        return await(timeout) ? poll() : null;
    }

    /** Waits until there is one to take; false when woken, interrupted (the flag stays) or out of time. */
    boolean await(Duration timeout) throws ClosedChannelException {
        long deadline = Deadline.of(time, timeout);
        boolean inTime = true;
        lock.lock();
        try {
            while (true) {
                if (stopped) {
                    throw new ClosedChannelException();
                }
                if (woken) {
                    woken = false;
                    return false;
                }
                if (!queue.isEmpty() || !inTime) {
                    return !queue.isEmpty();
                }
                inTime = time.awaitUntil(lock, changed, deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable T poll() {
        lock.lock();
        try {
            return queue.poll();
        } finally {
            lock.unlock();
        }
    }

    void wakeup() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; returns what nobody will take. */
    List<T> stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
            List<T> rest = List.copyOf(queue);
            queue.clear();
            return rest;
        } finally {
            lock.unlock();
        }
    }
}
