package io.socketserver.testkit.junit;

import io.socketserver.api.ErrorHandler;
import io.socketserver.api.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The failures of a server that no test has expected yet. */
final class ErrorQueue implements ErrorHandler {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    /** Of the last who waits: a latch, since a network can tell whether that is open. */
    private volatile CountDownLatch arrived = new CountDownLatch(1);

    @Override
    public void handle(Request request, Throwable failure) {
        failures.add(failure);
        arrived.countDown();
    }

    /** Waits for the next, which has to be of that type. */
    <T extends Throwable> T next(Class<T> type) throws InterruptedException {
        CountDownLatch next = new CountDownLatch(1);
        // Before looking: whoever comes later opens this one.
        arrived = next;
        Throwable failure = failures.poll();
        if (failure == null && next.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            failure = failures.poll();
        }
        if (type.isInstance(failure)) {
            return type.cast(failure);
        }
        String what =
                failure == null ? "no handler has failed within " + PATIENCE.toSeconds() + " s" : "it was " + failure;
        throw new AssertionError("expected a handler to fail with " + type.getName() + ", but " + what, failure);
    }

    List<Throwable> rest() {
        List<Throwable> rest = new ArrayList<>();
        for (Throwable failure; (failure = failures.poll()) != null; ) {
            rest.add(failure);
        }
        return rest;
    }
}
