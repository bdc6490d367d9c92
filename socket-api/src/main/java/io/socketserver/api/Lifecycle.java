package io.socketserver.api;

import io.socketserver.api.Server.State;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A server's state, which thread accepts, and all waiting for either to change. */
final class Lifecycle {

    /** Told of a transition, outside the lock. */
    interface Listener {
        void changed(State from, State to);
    }

    private final TimeSource time;
    private final Listener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile State state = State.NEW;
    private volatile @Nullable Thread acceptor;

    Lifecycle(TimeSource time, Listener listener) {
        this.time = time;
        this.listener = listener;
    }

    State state() {
        return state;
    }

    /** Whether nothing is to be accepted, for now or any more. */
    boolean resting() {
        return state != State.SERVING;
    }

    /** Whether the server has begun to end. */
    boolean ending() {
        return state.compareTo(State.DRAINING) >= 0;
    }

    /**
     * Makes a thread the one that accepts.
     *
     * @return false if the server is draining, so that there is nothing to accept any more
     */
    boolean enter(Thread thread, String operation) {
        State before;
        lock.lock();
        try {
            before = state;
            Thread current = acceptor;
            if (before == State.CLOSED) {
                throw new IllegalStateException(operation + " needs a server that is open, and this one is CLOSED;"
                        + " a server does not restart: build a new one on a new endpoint");
            }
            if (current != null) {
                throw new IllegalStateException(operation + " needs a server that nobody serves, and this one is "
                        + before + ", served by thread '" + current.getName() + "'");
            }
            if (before == State.DRAINING) {
                return false;
            }
            acceptor = thread;
            if (before == State.NEW) {
                state = State.SERVING;
            }
        } finally {
            lock.unlock();
        }
        if (before == State.NEW) {
            listener.changed(State.NEW, State.SERVING);
        }
        return true;
    }

    /** Makes another thread, not started yet, the one that accepts. */
    void handOver(Thread thread) {
        acceptor = thread;
    }

    void leave() {
        acceptor = null;
        signal();
    }

    boolean acceptedBy(Thread thread) {
        return acceptor == thread;
    }

    /** Who accepts, if it is none of the given threads. */
    @Nullable
    Thread acceptorBut(Set<Thread> threads) {
        Thread current = acceptor;
        return current == null || threads.contains(current) ? null : current;
    }

    /** Goes from exactly one state to another. */
    boolean move(State from, State to) {
        lock.lock();
        try {
            if (state != from) {
                return false;
            }
            state = to;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        listener.changed(from, to);
        return true;
    }

    /** Goes on to a state that ends the server, from any before it. */
    boolean advance(State to) {
        State from;
        lock.lock();
        try {
            from = state;
            if (from.compareTo(to) >= 0) {
                return false;
            }
            state = to;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        listener.changed(from, to);
        return true;
    }

    void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long now() {
        return time.nanoTime();
    }

    /** The deadline of a wait that begins now; one too long to count in nanoseconds never comes. */
    long deadline(Duration timeout) {
        return time.nanoTime() + Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    }

    /** The time until a deadline, zero if it has come. */
    Duration until(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - time.nanoTime()));
    }

    /** Waits while the server is paused. Returns whether it serves; false when it ends or the deadline has come. */
    boolean awaitServing(long deadline) throws InterruptedException {
        State seen = state;
        // Looked at once a round: it may be paused again as soon as it goes on.
        while (seen == State.PAUSED) {
            if (!awaitUntil(() -> state != State.PAUSED, deadline)) {
                return false;
            }
            seen = state;
        }
        return seen == State.SERVING;
    }

    /** Waits until the condition, looked at after each change and signal, holds or the deadline has come. */
    boolean awaitUntil(BooleanSupplier condition, long deadline) throws InterruptedException {
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (!time.awaitUntil(lock, changed, deadline)) {
                    return condition.getAsBoolean();
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
