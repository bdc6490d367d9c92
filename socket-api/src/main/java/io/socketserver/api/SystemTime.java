package io.socketserver.api;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** Real time: the only class that reads the system's clock. */
enum SystemTime implements TimeSource {
    INSTANCE;

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller loops, as the contract says
    public boolean awaitUntil(Lock lock, Condition condition, long deadline) throws InterruptedException {
        return condition.awaitNanos(deadline - nanoTime()) > 0;
    }
}
