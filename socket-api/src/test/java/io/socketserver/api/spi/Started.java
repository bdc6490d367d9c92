package io.socketserver.api.spi;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Something that a test does on another thread. */
record Started<T>(FutureTask<T> result, Thread thread) {

    static <T> Started<T> call(Callable<T> body) {
        FutureTask<T> result = new FutureTask<>(body);
        Thread thread = new Thread(result, "started");
        thread.start();
        return new Started<>(result, thread);
    }

    /** Waits until the thread is parked, having nothing else to park for than what it was started for. */
    Started<T> awaitParked() {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            if (!thread.isAlive()) {
                throw new AssertionError("ended instead of waiting: " + result);
            }
            Thread.onSpinWait();
        }
        return this;
    }

    /** Waits for the end; throws what the body threw. */
    T join() throws Exception {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
