package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** The time-out of one side of a pipe, also for an operation that already waits; guarded by the pipe's lock. */
final class Limit {

    private final TimeSource time;
    private final String what;
    private Duration timeout = Duration.ZERO;
    private long since;

    Limit(TimeSource time, String what) {
        this.time = time;
        this.what = what;
    }

    void set(Duration limit) {
        timeout = limit;
        since = time.nanoTime();
    }

    /** The time at which an operation begins, to hand to {@link #await}. */
    long begin() {
        return time.nanoTime();
    }

    /** Waits for a signal, but not beyond the limit. */
    @SuppressWarnings("WaitNotInLoop") // the caller loops
    void await(Lock lock, Condition condition, long begun) throws SocketTimeoutException, InterruptedException {
        if (timeout.isZero()) {
            time.awaitUntil(lock, condition, Deadline.never(time));
            return;
        }
        // A limit that was set while the operation waited counts from then.
        long deadline = (begun - since > 0 ? begun : since) + TimeUnit.NANOSECONDS.convert(timeout);
        if (deadline - time.nanoTime() <= 0) {
            throw new SocketTimeoutException(what + " within " + timeout.toMillis() + " ms");
        }
        time.awaitUntil(lock, condition, deadline);
    }
}
