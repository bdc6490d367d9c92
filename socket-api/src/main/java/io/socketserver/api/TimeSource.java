package io.socketserver.api;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * The one source of time that a server and its memory transports ask: reading it, and waiting on it.
 *
 * <p>Tests replace it to decide themselves when time passes; sockets of the operating system always follow the system's
 * time. Thread-safe.
 */
public interface TimeSource {

    /**
     * The time now, as {@link System#nanoTime()} counts it: in nanoseconds from an arbitrary origin, of use only for
     * differences.
     *
     * @return nanoseconds
     */
    long nanoTime();

    /**
     * Waits on a condition until it is signalled or the deadline has come, as {@link Condition#awaitNanos} does.
     *
     * <p>Spurious returns are possible, so callers loop. Blocks.
     *
     * @param lock the lock of the condition, held by the caller; released while waiting
     * @param condition what to wait on
     * @param deadline a value of {@link #nanoTime()}
     * @return false if the deadline has passed
     * @throws InterruptedException if the thread is interrupted before or while it waits
     */
    boolean awaitUntil(Lock lock, Condition condition, long deadline) throws InterruptedException;

    /**
     * The system's time.
     *
     * @return the default of every server
     */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }
}
