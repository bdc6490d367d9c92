package io.socketserver.testkit.junit;

import io.socketserver.api.ErrorHandler;
import io.socketserver.api.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The failures of a server that no test has expected yet. */
final class ErrorQueue implements ErrorHandler {

    private static final Duration AFTER_ANOTHER = Duration.ofSeconds(1);

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    /** Of the last who waits: a latch, since a network can tell whether that is open. */
    private volatile CountDownLatch arrived = new CountDownLatch(1);

    private final Duration patience;

    ErrorQueue(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void handle(Request request, Throwable failure) {
        failures.add(failure);
        arrived.countDown();
    }

    /** Waits for the next of that type; others stay where they are. */
    <T extends Throwable> T next(Class<T> type) throws InterruptedException {
        T failure;
        CountDownLatch next;
        do {
            next = new CountDownLatch(1);
            // Before looking: whoever comes later opens this one.
            arrived = next;
            failure = take(type);
        } while (failure == null && next.await(limit().toNanos(), TimeUnit.NANOSECONDS));
        if (failure != null) {
            return failure;
        }
        AssertionError missing = new AssertionError("expected a handler to fail with " + type.getName() + ", but "
                + (failures.isEmpty() ? "none has failed" : "there was only " + failures) + " within "
                + limit().toMillis() + " ms");
        failures.forEach(missing::addSuppressed);
        throw missing;
    }

    // If another has failed, most probably that is all there will be.
    private Duration limit() {
        return failures.isEmpty() || patience.compareTo(AFTER_ANOTHER) < 0 ? patience : AFTER_ANOTHER;
    }

    private <T extends Throwable> @Nullable T take(Class<T> type) {
        Optional<T> first =
                failures.stream().filter(type::isInstance).map(type::cast).findFirst();
        first.ifPresent(failures::remove);
        return first.orElse(null);
    }

    List<Throwable> rest() {
        List<Throwable> rest = new ArrayList<>();
        for (Throwable failure; (failure = failures.poll()) != null; ) {
            rest.add(failure);
        }
        return rest;
    }
}
