package io.socketserver.api;

import io.socketserver.api.Observer.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Keeps to the limits on how many requests there are.
 *
 * <p>The accepting thread {@linkplain #enter enters} before it accepts; then either nothing was accepted, and it {@linkplain
 * #leave leaves}, or a request {@linkplain #admit is admitted}, which {@linkplain #left leaves} when it has ended.
 */
final class Gate {

    private final Lifecycle lifecycle;
    private final Permits before;
    private final Permits after;
    private final Peers peers;
    private final @Nullable Pace pace;
    private final boolean queues;

    Gate(Limits limits, int capacity, Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
        queues = limits.whenFull() == WhenFull.QUEUE;
        // What the dispatcher has no room for always waits; it says itself whether it has a limit.
        Runnable signal = lifecycle::signal;
        before = new Permits(queues ? Math.min(capacity, limits.maxConnections()) : capacity, signal);
        after = new Permits(queues ? Limits.UNLIMITED : limits.maxConnections(), signal);
        peers = new Peers(limits);
        pace = limits.acceptRate() == Limits.UNLIMITED ? null : new Pace(limits.acceptRate(), lifecycle.now());
    }

    /** Waits for room. Returns false if the server does not serve any more, or the deadline has come. */
    boolean enter(long deadline) throws InterruptedException {
        return awaitPace(deadline) && (before.tryTake() || awaitPermit(deadline));
    }

    private boolean awaitPermit(long deadline) throws InterruptedException {
        before.wanted(true);
        try {
            boolean[] taken = {false};
            lifecycle.awaitUntil(() -> lifecycle.resting() || (taken[0] = before.tryTake()), deadline);
            return taken[0];
        } finally {
            before.wanted(false);
        }
    }

    private boolean awaitPace(long deadline) throws InterruptedException {
        if (pace == null || !queues || isDue(pace)) {
            return true;
        }
        long next = pace.next();
        long end = next - deadline < 0 ? next : deadline;
        return !lifecycle.awaitUntil(lifecycle::resting, end) && isDue(pace);
    }

    /** Nothing came. */
    void leave() {
        before.giveBack();
    }

    /** Lets a request in, or says why not; then it has left already. */
    @Nullable
    Refusal admit(Request request) {
        Refusal excess = Refusal.REJECTED;
        try {
            excess = excess(request);
            return excess;
        } finally {
            if (excess != null) {
                before.giveBack();
            }
        }
    }

    /** An admitted request is as good as ended: what would otherwise be refused has room from now on. Idempotent. */
    void leaving(Request request) {
        if (request.leaves()) {
            peers.leave(request);
            after.giveBack();
        }
    }

    /** An admitted request has ended. */
    void left(Request request) {
        leaving(request);
        before.giveBack();
    }

    private boolean isDue(Pace steps) {
        return steps.next() - lifecycle.now() <= 0;
    }

    private @Nullable Refusal excess(Request request) {
        if (pace != null) {
            if (!isDue(pace)) {
                return Refusal.ACCEPT_RATE;
            }
            pace.step(lifecycle.now());
        }
        if (!after.tryTake()) {
            return Refusal.MAX_CONNECTIONS;
        }
        boolean entered = false;
        try {
            entered = peers.enter(request);
            return entered ? null : Refusal.MAX_PER_PEER;
        } finally {
            if (!entered) {
                after.giveBack();
            }
        }
    }
}
