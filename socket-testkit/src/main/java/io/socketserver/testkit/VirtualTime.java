package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * A clock that stands still until a test moves it.
 *
 * <pre>{@code
 * VirtualTime time = new VirtualTime();
 * // ... a thread of the server begins to wait for 5 s ...
 * time.awaitWaiter(Duration.ofSeconds(5));
 * time.advance(Duration.ofSeconds(5));
 * }</pre>
 *
 * <p>A test first waits, in real time, until the threads it is about wait on the clock, and then advances it: so it is
 * exact and never sleeps. Threads that wait without an end, a century or more, do not count as waiting on the clock.
 * Thread-safe.
 */
public final class VirtualTime implements TimeSource {

    /** How long, in real time, a test waits for a wait before it fails. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Set<Waiter> waiters = new HashSet<>();
    private long now;

    /** Makes a clock that begins at 0. */
    public VirtualTime() {
        this(PATIENCE);
    }

    /** Makes one on which a wait is missed after so much real time. */
    VirtualTime(Duration patience) {
        this.patience = patience;
    }

    @Override
    public long nanoTime() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller loops, as the contract says
    public boolean awaitUntil(Lock outer, Condition condition, long deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Waiter waiter = new Waiter(outer, condition, deadline);
        if (!arrive(waiter)) {
            return false;
        }
        try {
            // Time may have come already; but who tells of that needs the outer lock, so that it is heard.
            condition.await();
        } finally {
            leave(waiter);
        }
        return deadline - nanoTime() > 0;
    }

    /**
     * Lets time pass at once, and wakes every thread whose deadline has come; does not wait for what they do then.
     *
     * <p>Takes the locks of the conditions they wait on, one after the other.
     *
     * @param duration how much, not negative
     * @throws IllegalArgumentException if it is negative
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not go back, by " + duration);
        }
        // Signalled without holding our lock, since waiters take theirs first and ours second.
        pass(duration.toNanos()).forEach(Waiter::signal);
    }

    /**
     * Blocks, in real time, until so many threads at least wait on this clock.
     *
     * @param count how many
     * @throws AssertionError if they do not within 30 s; it says who waits
     * @throws InterruptedException if this thread is interrupted
     */
    public void awaitWaiters(int count) throws InterruptedException {
        await(
                () -> waiters.stream().filter(this::hasEnd).count() >= count,
                "no " + count + " threads wait on this clock");
    }

    /**
     * Blocks, in real time, until a thread waits on this clock for exactly so long from its present time.
     *
     * @param remaining how long the thread has yet to wait
     * @throws AssertionError if none does within 30 s; it says who waits
     * @throws InterruptedException if this thread is interrupted
     */
    public void awaitWaiter(Duration remaining) throws InterruptedException {
        long nanos = remaining.toNanos();
        await(
                () -> waiters.stream().anyMatch(waiter -> waiter.deadline - now == nanos),
                "nobody waits for " + remaining + " on this clock");
    }

    private void await(BooleanSupplier condition, String missing) throws InterruptedException {
        TimeSource real = TimeSource.system();
        long deadline = Deadline.of(real, patience);
        boolean inTime = true;
        lock.lockInterruptibly();
        try {
            while (!condition.getAsBoolean()) {
                if (!inTime) {
                    throw new AssertionError(missing + waits() + ": are the server and its endpoint built with it?");
                }
                inTime = real.awaitUntil(lock, arrived, deadline);
            }
        } finally {
            lock.unlock();
        }
    }

    private String waits() {
        return waiters.isEmpty()
                ? ", and nobody for anything else"
                : waiters.stream()
                        .map(waiter -> hasEnd(waiter) ? Span.text(waiter.deadline - now) : "no end")
                        .sorted()
                        .collect(Collectors.joining(", ", "; there are waits of ", ""));
    }

    private boolean hasEnd(Waiter waiter) {
        return waiter.deadline - now < Span.CENTURY;
    }

    private boolean arrive(Waiter waiter) {
        lock.lock();
        try {
            if (waiter.deadline - now <= 0) {
                return false;
            }
            waiters.add(waiter);
            arrived.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void leave(Waiter waiter) {
        lock.lock();
        try {
            waiters.remove(waiter);
        } finally {
            lock.unlock();
        }
    }

    private List<Waiter> pass(long nanos) {
        lock.lock();
        try {
            now += nanos;
            List<Waiter> due = new ArrayList<>(waiters);
            due.removeIf(waiter -> waiter.deadline - now > 0);
            // They have been waited for; whoever looks for waiters next means others.
            due.forEach(waiters::remove);
            return due;
        } finally {
            lock.unlock();
        }
    }

    /** A thread in {@link #awaitUntil}; equal to itself only. */
    private static final class Waiter {

        private final Lock lock;
        private final Condition condition;
        private final long deadline;

        Waiter(Lock lock, Condition condition, long deadline) {
            this.lock = lock;
            this.condition = condition;
            this.deadline = deadline;
        }

        void signal() {
            lock.lock();
            try {
                condition.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public String toString() {
        return "virtual time " + Duration.ofNanos(nanoTime());
    }
}
