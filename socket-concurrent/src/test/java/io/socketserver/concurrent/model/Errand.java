package io.socketserver.concurrent.model;

import io.socketserver.api.Connection;
import io.socketserver.api.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a client may ask a handler for, well or badly made ones. */
enum Errand {
    ANSWER((connection, time) -> answer(connection)),
    WORK((connection, time) -> {
        spend(Duration.ofMillis(800), time);
        answer(connection);
    }),
    /** Works on through every interrupt, for longer than the server waits. */
    TOIL((connection, time) -> {
        toil(Duration.ofSeconds(2), time);
        answer(connection);
    }),
    READ_ON((connection, time) -> connection.readLine()),
    /** The client asks for nothing; the handler never gets to know. */
    NOTHING((connection, time) -> {}),
    HANG_UP((connection, time) -> connection.close()),
    FAIL_CHECKED((connection, time) -> {
        throw new IOException(Errand.ASKED_TO);
    }),
    FAIL_UNCHECKED((connection, time) -> {
        throw new IllegalArgumentException(Errand.ASKED_TO);
    }),
    FAIL_AS_ERROR((connection, time) -> {
        throw new AssertionError(Errand.ASKED_TO);
    }),
    FAIL_INTERRUPTED((connection, time) -> {
        throw new InterruptedException(Errand.ASKED_TO);
    });

    static final String ASKED_TO = "asked to";

    /** What may throw. */
    private interface Action {
        void run(Connection connection, TimeSource time) throws Exception;
    }

    @SuppressWarnings("ImmutableEnumChecker") // no lambda here has state
    private final Action action;

    Errand(Action action) {
        this.action = action;
    }

    void run(Connection connection, TimeSource time) throws Exception {
        action.run(connection, time);
    }

    static void answer(Connection connection) throws IOException {
        connection.writeLine("done");
    }

    /** Keeps the thread for some time; ends early if it is interrupted. */
    private static void spend(Duration much, TimeSource time) throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Condition never = lock.newCondition();
        long end = time.nanoTime() + much.toNanos();
        lock.lock();
        try {
            while (time.awaitUntil(lock, never, end)) {
                // Not yet.
            }
        } finally {
            lock.unlock();
        }
    }

    private static void toil(Duration much, TimeSource time) {
        long end = time.nanoTime() + much.toNanos();
        while (end - time.nanoTime() > 0) {
            try {
                spend(Duration.ofNanos(end - time.nanoTime()), time);
            } catch (InterruptedException e) {
                // Goes on, as bad handlers do.
            }
        }
    }
}
