package io.socketserver.concurrent;

import io.socketserver.api.Connection;
import java.io.IOException;

/** Ways for a handler to go wrong; whether that is due to the error handler. */
enum Fault {
    CHECKED(true, connection -> {
        throw new IOException("checked");
    }),
    /** What its signature does not allow. */
    SNEAKY(true, connection -> {
        throw new Throwable("neither error nor exception");
    }),
    UNCHECKED(true, connection -> {
        throw new IllegalStateException("unchecked");
    }),
    ASSERTION(true, connection -> {
        throw new AssertionError("assertion");
    }),
    STACK(true, connection -> recurse(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)),
    MEMORY(true, connection -> {
        throw new OutOfMemoryError("memory");
    }),
    DEATH(true, connection -> {
        throw new ThreadDeath();
    }),
    INTERRUPTION(true, connection -> {
        throw new InterruptedException("interruption");
    }),
    INTERRUPTED_FAILURE(true, connection -> {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted");
    }),
    INTERRUPTING_ITSELF(false, connection -> Thread.currentThread().interrupt()),
    HANGING_UP(false, Connection::close),
    /** Or, in a handler of messages, waiting for what a thread with other connections must not wait for. */
    READING_HALF(false, connection -> connection.input().read());

    /** What may throw anything. */
    private interface Action {
        void on(Connection connection) throws Throwable;
    }

    private final boolean due;

    @SuppressWarnings("ImmutableEnumChecker") // no lambda here has state
    private final Action action;

    Fault(boolean due, Action action) {
        this.due = due;
        this.action = action;
    }

    boolean isDue(Way way) {
        return due || (this == READING_HALF && way.isEventLoop());
    }

    void commit(Connection connection) {
        try {
            action.on(connection);
        } catch (Throwable t) {
            throw Fault.<RuntimeException>sneaky(t);
        }
    }

    // Large frames, since it is their number that takes time.
    @SuppressWarnings("InfiniteRecursion")
    private static long recurse(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j) {
        return recurse(b, c, d, e, f, g, h, i, j, a) + a + b + c + d + e + f + g + h + i + j;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable fault) throws T {
        throw (T) fault;
    }
}
