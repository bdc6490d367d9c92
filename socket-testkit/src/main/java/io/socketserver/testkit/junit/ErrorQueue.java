package io.socketserver.testkit.junit;

import io.socketserver.api.ErrorHandler;
import io.socketserver.api.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The failures of a server that no test has expected yet. */
final class ErrorQueue implements ErrorHandler {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

    @Override
    public void handle(Request request, Throwable failure) {
        failures.add(failure);
    }

    /** Waits for the next, which has to be of that type. */
    <T extends Throwable> T next(Class<T> type) throws InterruptedException {
        Throwable failure = failures.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (type.isInstance(failure)) {
            return type.cast(failure);
        }
        String what =
                failure == null ? "no handler has failed within " + PATIENCE.toSeconds() + " s" : "it was " + failure;
        throw new AssertionError("expected a handler to fail with " + type.getName() + ", but " + what, failure);
    }

    List<Throwable> rest() {
        List<Throwable> rest = new ArrayList<>();
        failures.drainTo(rest);
        return rest;
    }
}
