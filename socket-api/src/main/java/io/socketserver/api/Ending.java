package io.socketserver.api;

import io.socketserver.api.RequestTask.Outcome;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Brings a server to its end: stops accepting, waits for requests, cuts off those that take too long. */
final class Ending {

    /** How long a request that was cut off may take to end before it counts as abandoned. */
    static final Duration CUT_GRACE = Duration.ofMillis(200);

    private final Endpoint<?> endpoint;
    private final Dispatcher dispatcher;
    private final Deadlines deadlines;
    private final Lifecycle lifecycle;
    private final InFlight inFlight;

    // The threads that wait here in the middle of accepting or of handling a request. They do not wait for each other,
    // as two handlers that both close their server would otherwise do for ever; everybody else waits for them too.
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

    // Who still accepted when a drain was over, or handled on the thread that does.
    private volatile @Nullable Thread abandonedAcceptor;

    Ending(Endpoint<?> endpoint, Dispatcher dispatcher, Deadlines deadlines, Lifecycle lifecycle, InFlight inFlight) {
        this.endpoint = endpoint;
        this.dispatcher = dispatcher;
        this.deadlines = deadlines;
        this.lifecycle = lifecycle;
        this.inFlight = inFlight;
    }

    void stopAccepting() {
        try {
            endpoint.stopAccepting();
        } catch (Throwable e) {
            Log.log(Level.WARNING, endpoint, " stopped accepting with a failure", e);
        }
    }

    boolean awaitStopped(Duration timeout) throws InterruptedException {
        boolean outermost = beginWaiting();
        try {
            Quiet quiet = new Quiet(thread -> false, task -> false);
            return lifecycle.awaitUntil(() -> lifecycle.ending() && quiet.getAsBoolean(), lifecycle.deadline(timeout));
        } finally {
            endWaiting(outermost);
        }
    }

    DrainReport drain(Duration grace) {
        long start = lifecycle.deadline(Duration.ZERO);
        boolean outermost = beginWaiting();
        try {
            stopAccepting();
            Quiet quiet = new Quiet(this::isWaitedForInVain, this::isWaitedForInVain);
            if (settle(grace, quiet)) {
                // What shares its thread with who drains could not end meanwhile.
                inFlight.cutAllBut(quiet.exempt);
            }
            inFlight.seal();
            inFlight.settleRest(quiet.exempt);
            abandonedAcceptor = lifecycle.acceptorBut(quiet.exempt);
            release();
        } finally {
            endWaiting(outermost);
        }
        return new DrainReport(
                inFlight.count(Outcome.COMPLETED),
                inFlight.count(Outcome.CLOSED_AT_GRACE),
                inFlight.count(Outcome.ABANDONED),
                Duration.ofNanos(lifecycle.deadline(Duration.ZERO) - start));
    }

    void close() {
        boolean outermost = beginWaiting();
        try {
            stopAccepting();
            if (dispatcher.blockOnClose()) {
                // Who closes from within a handler may have the thread that a queued request waits for.
                boolean inside = !exempt().isEmpty();
                settle(
                        AcceptLoop.FOREVER,
                        new Quiet(
                                this::isWaitedForInVain,
                                task -> isWaitedForInVain(task) || (inside && task.isQueued())));
            }
            inFlight.seal();
            release();
        } finally {
            endWaiting(outermost);
        }
    }

    // It was cut off when the server ended, and has been waited for.
    private boolean isWaitedForInVain(RequestTask<?> task) {
        return lifecycle.state() == Server.State.CLOSED && task.abandoned();
    }

    private boolean isWaitedForInVain(Thread acceptor) {
        return acceptor == abandonedAcceptor;
    }

    /** Waits for all to end; cuts off what has not at the grace, and waits a little more. Whether that was not needed. */
    private boolean settle(Duration grace, Quiet quiet) {
        boolean interrupted = false;
        boolean inTime = false;
        // Whoever tells of a limit, of this server or another, must go on to the others: it waits for nothing.
        Duration patience = Alarms.ringOn(Thread.currentThread()) ? Duration.ZERO : grace;
        try {
            inTime = lifecycle.awaitUntil(quiet, lifecycle.deadline(patience));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        try {
            if (!inTime) {
                inFlight.cutAllBut(exempt());
                lifecycle.awaitUntil(quiet, lifecycle.deadline(CUT_GRACE));
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return inTime;
    }

    private void release() {
        try (deadlines;
                dispatcher) {
            endpoint.close();
        } catch (IOException e) {
            Log.log(Level.WARNING, endpoint.uri() + " was closed with a failure", e);
        } finally {
            lifecycle.advance(Server.State.CLOSED);
        }
    }

    /** Whether all has ended but what is excepted, and but what those are about who do not wait for each other. */
    private final class Quiet implements BooleanSupplier {

        private final Predicate<Thread> exceptedAcceptor;
        private final Predicate<RequestTask<?>> excepted;
        // As they were at the last look: they may have gone on since, and are not to be cut off for that.
        private Set<Thread> exempt = Set.of();

        Quiet(Predicate<Thread> exceptedAcceptor, Predicate<RequestTask<?>> excepted) {
            this.exceptedAcceptor = exceptedAcceptor;
            this.excepted = excepted;
        }

        @Override
        public boolean getAsBoolean() {
            exempt = Set.copyOf(exempt());
            Thread acceptor = lifecycle.acceptorBut(exempt);
            return (acceptor == null || exceptedAcceptor.test(acceptor)) && inFlight.quietBut(exempt, excepted);
        }
    }

    private Set<Thread> exempt() {
        return waiting.contains(Thread.currentThread()) ? waiting : Set.of();
    }

    private boolean beginWaiting() {
        Set<Thread> self = Set.of(Thread.currentThread());
        boolean inside = lifecycle.acceptedBy(Thread.currentThread()) || inFlight.anyHeldBy(self);
        boolean outermost = inside && waiting.addAll(self);
        lifecycle.signal();
        return outermost;
    }

    private void endWaiting(boolean outermost) {
        if (outermost) {
            waiting.remove(Thread.currentThread());
        }
    }
}
