package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/** Something that a test does on another thread, and its result. */
final class Async<T> {

    private final FutureTask<T> result;
    private final Thread thread;

    private Async(Callable<T> body) {
        result = new FutureTask<>(body);
        thread = new Thread(result, "async");
    }

    static <T> Async<T> call(Callable<T> body) {
        Async<T> async = new Async<>(body);
        async.thread.start();
        return async;
    }

    /** What may throw. */
    interface Body {
        void run() throws Exception;
    }

    static Async<Boolean> run(Body body) {
        return call(() -> {
            body.run();
            return true;
        });
    }

    Thread thread() {
        return thread;
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Waits until a thread blocks: not for a lock, which somebody else has for a moment only. */
    static void awaitBlocked(Thread thread) {
        while (!isBlocked(thread)) {
            assertThat(thread.isAlive()).isTrue();
            Thread.onSpinWait();
        }
    }

    // What it waits for is looked at last: it may have got the lock meanwhile.
    private static boolean isBlocked(Thread thread) {
        boolean waits = thread.getState() == Thread.State.WAITING;
        Object what = LockSupport.getBlocker(thread);
        return waits && what != null && !what.toString().contains("ReentrantLock");
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
