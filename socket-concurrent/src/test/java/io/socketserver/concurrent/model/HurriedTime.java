package io.socketserver.concurrent.model;

import io.socketserver.api.TimeSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** Time of which a second lasts a millisecond, so that graces and deadlines come, and a sequence is over at once. */
final class HurriedTime implements TimeSource {

    private static final long SPEED = 1000;

    private final long origin = System.nanoTime();

    @Override
    public long nanoTime() {
        return (System.nanoTime() - origin) * SPEED;
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller loops, as the contract says
    public boolean awaitUntil(Lock lock, Condition condition, long deadline) throws InterruptedException {
        long left = condition.awaitNanos(Math.max(0, deadline - nanoTime()) / SPEED);
        return left > 0 || deadline - nanoTime() > 0;
    }
}
