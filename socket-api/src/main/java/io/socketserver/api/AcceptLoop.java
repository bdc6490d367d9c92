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

    private final Server<R> server;
    private final Endpoint<R> endpoint;
    private final Lifecycle lifecycle;
    private final Gate gate;
    private final Observers observers;
    private final Consumer<R> admission;
    private final BackOff backOff;
    private boolean interrupted;

    AcceptLoop(
            Server<R> server,
            Endpoint<R> endpoint,
            Lifecycle lifecycle,
            Gate gate,
            Observers observers,
            Consumer<R> admission) {
        this.server = server;
        this.endpoint = endpoint;
        this.lifecycle = lifecycle;
        this.gate = gate;
        this.observers = observers;
        this.admission = admission;
        backOff = new BackOff(endpoint.uri(), lifecycle);
        Log.preload();
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
                R request = gate.enter(deadline) ? attempt(deadline) : null;
                if (request != null) {
                    keepWhilePaused(deadline);
                }
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

    // It may have come in the moment of a pause, in which nobody is to be seen to be accepted.
    private void keepWhilePaused(long deadline) {
        try {
            lifecycle.awaitServing(deadline);
        } catch (InterruptedException e) {
            interrupted();
        }
    }

    private @Nullable R attempt(long deadline) throws IOException, InterruptedException {
        R request = null;
        try {
            request = accept(deadline);
            return request;
        } finally {
            if (request == null) {
                gate.leave();
            }
        }
    }

    private @Nullable R accept(long deadline) throws IOException, InterruptedException {
        try {
            R request = endpoint.accept(lifecycle.until(deadline));
            backOff.succeeded();
            return request;
        } catch (ClosedChannelException e) {
            if (lifecycle.ending()) {
                return null;
            }
            throw e;
        } catch (IOException e) {
            pause(e, deadline);
            return null;
        } catch (RuntimeException | Error e) {
            // Memory may be exhausted, or the transport be wrong: neither is to end a server that may recover.
            pauseContained(e, deadline);
            return null;
        }
    }

    private void pauseContained(Throwable failure, long deadline) throws InterruptedException {
        try {
            pause(new IOException(failure), deadline);
        } catch (RuntimeException | Error e) {
            Log.log(Level.ERROR, endpoint, " could not accept, and nobody could be told", e);
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
    private void pause(IOException failure, long deadline) throws InterruptedException {
        Duration pause = backOff.failed(failure);
        observers.tell(o -> o.acceptFailed(server, failure, pause));
        Duration left = lifecycle.until(deadline);
        lifecycle.awaitUntil(lifecycle::ending, lifecycle.deadline(pause.compareTo(left) < 0 ? pause : left));
    }
}
