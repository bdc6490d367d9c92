package io.socketserver.concurrent;

import io.socketserver.api.DisconnectedException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One request and its child, from the first byte to the exit status.
 *
 * <p>The handler's thread is in none of the pipes, as they know neither interrupts nor deadlines: it waits, and ends the
 * child, whereupon the pipes end and with them the threads that are in them.
 */
final class Relay {

    private final Child child;
    private final Traffic traffic;
    private final Duration deadline;
    private final List<Thread> pumps = new ArrayList<>();
    private @Nullable Thread logging;
    // What fails from now on fails because of this side.
    private volatile boolean cutOff;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Relay(Child child, Traffic traffic, Duration deadline) {
        this.child = child;
        this.traffic = traffic;
        this.deadline = deadline;
    }

    /** Relays until the child has ended and its output is written; does something else once that is under way. */
    void run(Runnable meanwhile) throws Exception {
        try {
            Countdown limit = new Countdown(deadline);
            logging = start("stderr", this::log);
            pumps.add(start("stdin", this::feed));
            pumps.add(start("stdout", this::answer));
            meanwhile.run();
            if (!child.awaitExit(limit.left()) || !child.awaitAnswered(limit.left())) {
                child.endBecause("its deadline of " + deadline + " has passed");
            }
        } finally {
            settle();
        }
        judge();
    }

    private Thread start(String stream, Runnable pump) {
        Thread thread = new Thread(null, pump, child + " " + stream, 0, false);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void feed() {
        try {
            traffic.feed(child.stdin());
        } catch (DisconnectedException gone) {
            // The child reads the end of its input, and may still have something to do.
            failure.compareAndSet(null, gone);
        } catch (Throwable t) {
            fail(t);
        } finally {
            child.endInput();
        }
    }

    private void answer() {
        try (var stdout = child.stdout()) {
            traffic.answer(stdout);
            // A child that exits closes its output a moment before; then the request's end ends the reply.
            if (!child.awaitExit(Child.GRACE)) {
                traffic.endAnswer();
            }
        } catch (Throwable t) {
            fail(t);
        } finally {
            child.answered();
        }
    }

    private void log() {
        try (var stderr = child.stderr()) {
            new LineLog(child.toString()).copy(stderr);
        } catch (IOException e) {
            Log.log(Level.WARNING, "the standard error of " + child + " cannot be read", e);
        }
    }

    private void fail(Throwable t) {
        if (!cutOff) {
            failure.compareAndSet(null, t);
        }
        Child.end(List.of(child));
        child.answered();
    }

    /** Leaves neither child nor thread, however it has come to an end. */
    private void settle() {
        boolean interrupted = Thread.interrupted();
        contained(() -> Child.end(List.of(child)));
        contained(traffic::stopFeeding);
        contained(this::endPumps);
        if (child.alive()) {
            // It takes descriptors to end it, and there may be none but those of its pipes.
            contained(() -> Child.discard(List.of(child)));
            ended(pumps);
        }
        if (logging != null) {
            ended(List.of(logging));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void endPumps() {
        if (!ended(pumps)) {
            cutOff = true;
            traffic.stopAnswering();
            ended(pumps);
        }
    }

    // What else there is to do is done in spite of a failure.
    private void contained(Runnable step) {
        try {
            step.run();
        } catch (Throwable t) {
            failure.compareAndSet(null, t);
        }
    }

    private static boolean ended(List<Thread> threads) {
        Countdown grace = new Countdown(Child.GRACE);
        boolean all = true;
        try {
            for (Thread thread : threads) {
                all &= ended(thread, grace.left());
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean ended(Thread thread, Duration limit) throws InterruptedException {
        // Rounded up: join(0) has no end.
        TimeUnit.MILLISECONDS.timedJoin(thread, limit.toMillis() + 1);
        return !thread.isAlive();
    }

    private void judge() throws Exception {
        String reason = child.reason();
        Throwable failed = failure.get();
        if (reason == null && failed instanceof Error error) {
            throw error;
        }
        if (reason == null && failed instanceof Exception exception) {
            throw exception;
        }
        if (child.alive()) {
            throw new ProcessFailedException(child + " does not end, though it was forced to", -1);
        }
        int status = child.exitStatus();
        if (reason != null || status != 0) {
            throw new ProcessFailedException(
                    child + (reason == null ? " has failed" : " was ended: " + reason) + "; exit status " + status,
                    status);
        }
        traffic.complete();
    }
}
