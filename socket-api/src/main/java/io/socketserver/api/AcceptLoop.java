package io.socketserver.api;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Accepts until the server ends, whatever single attempts run into. */
final class AcceptLoop<R extends Request> {

    static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
    static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Server<R> server;
    private final Endpoint<R> endpoint;
    private final Lifecycle lifecycle;
    private final Observers observers;
    private final Consumer<R> admission;
    private Duration pause = Duration.ZERO;
    private boolean interrupted;

    AcceptLoop(
            Server<R> server, Endpoint<R> endpoint, Lifecycle lifecycle, Observers observers, Consumer<R> admission) {
        this.server = server;
        this.endpoint = endpoint;
        this.lifecycle = lifecycle;
        this.observers = observers;
        this.admission = admission;
    }

    /** Accepts until the server ends; an interrupt ends it, and is kept for the caller. */
    void run() throws IOException {
        try {
            for (R request = next(FOREVER); request != null; request = next(FOREVER)) {
                admission.accept(request);
            }
        } finally {
            restoreInterrupt();
        }
    }

    /** Accepts one request, unless the time runs out or the server ends first. */
    boolean once(Duration timeout) throws IOException {
        try {
            R request = next(timeout);
            if (request != null) {
                admission.accept(request);
                return true;
            }
        } finally {
            restoreInterrupt();
        }
        if (!lifecycle.ending()) {
            observers.tell(o -> o.timedOut(server));
        }
        return false;
    }

    private @Nullable R next(Duration timeout) throws IOException {
        long deadline = lifecycle.deadline(timeout);
        try {
            while (lifecycle.awaitServing(deadline)) {
                R request = attempt(deadline);
                // Taken off the thread before a request runs on it: the request is not what was to be interrupted.
                if (Thread.interrupted()) {
                    interrupted();
                }
                if (request != null || lifecycle.until(deadline).isZero()) {
                    return request;
                }
            }
        } catch (InterruptedException e) {
            interrupted();
        }
        return null;
    }

    private @Nullable R attempt(long deadline) throws IOException, InterruptedException {
        try {
            R request = endpoint.accept(lifecycle.until(deadline));
            pause = Duration.ZERO;
            return request;
        } catch (ClosedChannelException e) {
            if (lifecycle.ending()) {
                return null;
            }
            throw e;
        } catch (IOException e) {
            backOff(e, deadline);
            return null;
        }
    }

    private void interrupted() {
        interrupted = true;
        server.shutdown();
    }

    private void restoreInterrupt() {
        if (interrupted) {
            interrupted = false;
            Thread.currentThread().interrupt();
        }
    }

    // At the limit of descriptors the connection stays queued and accept fails at once, again and again.
    private void backOff(IOException failure, long deadline) throws InterruptedException {
        boolean first = pause.isZero();
        Duration doubled = pause.multipliedBy(2);
        pause = first ? FIRST_PAUSE : doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        if (first) {
            Server.LOG.log(
                    Level.WARNING,
                    "accept failed on " + endpoint.uri() + " and is tried again, at the latest every "
                            + LONGEST_PAUSE.toSeconds() + " s",
                    failure);
        }
        observers.tell(o -> o.acceptFailed(server, failure, pause));
        Duration left = lifecycle.until(deadline);
        lifecycle.awaitUntil(lifecycle::ending, lifecycle.deadline(pause.compareTo(left) < 0 ? pause : left));
    }
}
