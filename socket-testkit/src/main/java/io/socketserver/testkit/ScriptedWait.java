package io.socketserver.testkit;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** A handler's waiting to read, or to write, in the time of a script; guarded by the scene's lock. */
final class ScriptedWait {

    private final String what;
    private Duration timeout = Duration.ZERO;
    private long since;
    private long begun;
    private @Nullable Thread thread;

    ScriptedWait(String what) {
        this.what = what;
    }

    void timeout(Duration limit, long now) {
        timeout = limit;
        since = now;
    }

    /** Waits for a signal, if there is time left for an operation that began at some time. */
    @SuppressWarnings("WaitNotInLoop") // the caller loops
    void await(Condition changed, long operationBegun, long now) throws SocketTimeoutException, InterruptedException {
        begun = operationBegun;
        if (isDue(now)) {
            throw new SocketTimeoutException(what + " within " + timeout.toMillis() + " ms");
        }
        thread = Thread.currentThread();
        changed.signalAll();
        try {
            changed.await();
        } finally {
            thread = null;
        }
    }

    /** Whether that thread waits, and not only because it has not noticed yet that its waiting is over. */
    boolean holds(Thread candidate, long now) {
        return thread == candidate && !isDue(now) && !candidate.isInterrupted();
    }

    /** When the one that waits stops waiting by itself; far away if it does not. */
    long end() {
        return thread == null || timeout.isZero() ? Long.MAX_VALUE : deadline();
    }

    private boolean isDue(long now) {
        return !timeout.isZero() && deadline() <= now;
    }

    // A time-out that was set during the operation counts from then.
    private long deadline() {
        long end = Math.max(begun, since) + TimeUnit.NANOSECONDS.convert(timeout);
        return end < 0 ? Long.MAX_VALUE : end;
    }
}
