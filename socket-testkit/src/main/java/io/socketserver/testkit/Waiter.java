package io.socketserver.testkit;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A thread that waits on a network's time; equal to itself only. */
final class Waiter {

    private final Thread thread;
    private final Lock lock;
    private final Condition condition;
    private final long deadline;
    private volatile boolean rung;

    Waiter(Thread thread, Lock lock, Condition condition, long deadline) {
        this.thread = thread;
        this.lock = lock;
        this.condition = condition;
        this.deadline = deadline;
    }

    /** Whether it is to be woken before another; those of one deadline by the age of their threads, one after the other. */
    boolean isBefore(Waiter other, long now) {
        // As a difference, since one without an end may have gone beyond the largest number.
        int order = Long.compare(deadline - now, other.deadline - now);
        return order == 0 ? thread.getId() < other.thread.getId() : order < 0;
    }

    Thread thread() {
        return thread;
    }

    long deadline() {
        return deadline;
    }

    /** Whether it was told that its time has come. */
    boolean isRung() {
        return rung;
    }

    /** Whether it is waiting and nothing has happened that ends that. */
    boolean waits() {
        // In this order: one that was signalled queues for the lock until it runs.
        return !isWoken() && isParked() && !isWoken();
    }

    /** Whether it is about to go on. */
    boolean isWoken() {
        return thread.isInterrupted() || (lock instanceof ReentrantLock own && own.hasQueuedThread(thread));
    }

    private boolean isParked() {
        Thread.State state = thread.getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }

    /** Tells it that its time has come; false if that has to wait. */
    boolean ring() {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            rung = true;
            condition.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }
}
