package io.socketserver.testkit.contract;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Something that a contract does on a thread of its own. */
final class Task<T> {

    private static final long PAUSE = 50_000;

    /** What who looks again soon waits for: on a network that is a thread about to run, and no time passes meanwhile. */
    private static final FutureTask<Boolean> DONE = done();

    private final FutureTask<T> result;
    private final Thread thread;

    Task(Threads threads, String name, Callable<T> body) {
        result = new FutureTask<>(body);
        thread = threads.start("contract " + name, result);
    }

    /** Waits for the end; throws what was thrown there. */
    T join() throws Exception {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Waits for the end, which has to be a failure of that kind. */
    void fails(Class<? extends Exception> expected, String what) throws InterruptedException {
        Check.fails(expected, this::join, what);
    }

    /** Waits until the thread is blocked in an operation of the transport, or has ended. */
    void awaitBlocked() throws InterruptedException {
        StackTraceElement[] before = {};
        StackTraceElement[] now = thread.getStackTrace();
        while (!ended() && !(blocked(now) && Arrays.equals(before, now))) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            pause();
            before = now;
            now = thread.getStackTrace();
        }
    }

    /** Lets others run, of whose progress nothing tells, also where virtual threads have a single carrier. */
    static void pause() {
        LockSupport.parkNanos(DONE, PAUSE);
    }

    private static FutureTask<Boolean> done() {
        FutureTask<Boolean> done = new FutureTask<>(() -> true);
        done.run();
        return done;
    }

    boolean ended() {
        return result.isDone();
    }

    /** Waits for the end; returns whether it came in time. */
    boolean ended(Duration patience) throws InterruptedException {
        thread.join(Math.max(1, patience.toMillis()));
        return !thread.isAlive();
    }

    /** How it has failed, if it has. */
    Optional<Throwable> failure() {
        try {
            if (ended()) {
                result.get(0, TimeUnit.SECONDS);
            }
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.ofNullable(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            return Optional.of(e);
        }
    }

    void interrupt() {
        thread.interrupt();
    }

    String stack() {
        return thread.getName() + " is " + thread.getState()
                + Arrays.stream(thread.getStackTrace())
                        .map(frame -> "\n    at " + frame)
                        .collect(Collectors.joining());
    }

    // To the JDK a thread is runnable that waits for the operating system; but such threads are in native methods.
    private boolean blocked(StackTraceElement[] stack) {
        Thread.State state = thread.getState();
        boolean parked = state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        return stack.length > 0
                && (parked || waitsForSystem(stack[0]))
                && Arrays.stream(stack).map(StackTraceElement::getClassName).anyMatch(Task::isTransport);
    }

    private static boolean waitsForSystem(StackTraceElement top) {
        String type = top.getClassName();
        return top.isNativeMethod() && (type.startsWith("sun.nio.ch.") || isTransport(type));
    }

    private static boolean isTransport(String type) {
        return !type.startsWith("java.")
                && !type.startsWith("jdk.")
                && !type.startsWith("sun.")
                && !type.startsWith(Task.class.getPackageName());
    }
}
