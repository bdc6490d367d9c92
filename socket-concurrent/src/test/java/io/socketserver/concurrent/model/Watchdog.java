package io.socketserver.concurrent.model;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Turns a deadlock into a failure that shows where every thread is. */
final class Watchdog {

    /** Longer than any plan takes in real time. */
    private static final int PATIENCE = 120;

    private Watchdog() {}

    /** Has one of a crew run it, and throws what it throws. */
    static <T> T guard(Crew crew, Callable<T> body) throws Exception {
        FutureTask<T> task = crew.run(body);
        try {
            return task.get(PATIENCE, SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("stuck for " + PATIENCE + " s:\n" + dump(), e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private static String dump() {
        return Thread.getAllStackTraces().entrySet().stream()
                .map(entry -> entry.getKey()
                        + Arrays.stream(entry.getValue())
                                .map(frame -> "\n    at " + frame)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }
}
