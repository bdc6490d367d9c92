package io.socketserver.concurrent.model;

import io.socketserver.api.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a client may ask a handler for, well or badly made ones. */
enum Errand {
    ANSWER((client, time) -> client.answer()),
    ANSWER_AT_LENGTH((client, time) -> client.answerAtLength()),
    ANSWER_LATER((client, time) -> client.answerAfter(() -> spend(Duration.ofMillis(800), time))),
    WORK((client, time) -> {
        spend(Duration.ofMillis(800), time);
        client.answer();
    }),
    /** Works on through every interrupt, for longer than the server waits. */
    TOIL((client, time) -> {
        toil(Duration.ofSeconds(2), time);
        client.answer();
    }),
    READ_ON((client, time) -> client.readOn()),
    /** The client asks for nothing; the handler never gets to know. */
    NOTHING((client, time) -> {}),
    HANG_UP((client, time) -> client.hangUp()),
    FAIL_CHECKED((client, time) -> {
        throw new IOException(Errand.ASKED_TO);
    }),
    FAIL_UNCHECKED((client, time) -> {
        throw new IllegalArgumentException(Errand.ASKED_TO);
    }),
    FAIL_AS_ERROR((client, time) -> {
        throw new AssertionError(Errand.ASKED_TO);
    }),
    FAIL_INTERRUPTED((client, time) -> {
        throw new InterruptedException(Errand.ASKED_TO);
    });

    static final String ASKED_TO = "asked to";

    /** What may throw. */
    private interface Action {
        void run(Client client, TimeSource time) throws Exception;
    }

    @SuppressWarnings("ImmutableEnumChecker") // no lambda here has state
    private final Action action;

    Errand(Action action) {
        this.action = action;
    }

    void run(Client client, TimeSource time) throws Exception {
        action.run(client, time);
    }

    /** Keeps the thread for some time; ends early if it is interrupted. */
    static boolean spend(Duration much, TimeSource time) throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Condition never = lock.newCondition();
        long end = time.nanoTime() + much.toNanos();
        lock.lock();
        try {
            while (time.awaitUntil(lock, never, end)) {
                // Not yet.
            }
            return true;
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
