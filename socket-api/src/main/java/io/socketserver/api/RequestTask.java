package io.socketserver.api;

import io.socketserver.api.spi.MessageTask;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One request from the dispatcher's hands to its end; nothing that a handler does gets past it. */
final class RequestTask<R extends Request> implements Runnable {

    /** How it ended, as a drain's report counts it. */
    enum Outcome {
        COMPLETED,
        CLOSED_AT_GRACE,
        ABANDONED
    }

    /** Who may bring it to its end. */
    private enum Phase {
        /** The accepting thread, which tells of it. */
        ARRIVING,
        /** Whoever claims it first. */
        OFFERED,
        /** The thread that runs the handler. */
        HANDLING,
        /** Who has claimed it, and is about it. */
        ENDING
    }

    private final R request;
    private final Service<R> service;

    // Guards what is below, so that an interrupt never reaches a thread that has gone on to something else.
    private final ReentrantLock lock = new ReentrantLock();
    // Whoever has it in hand: the accepting thread, nobody while the dispatcher keeps it, the thread that runs it.
    private @Nullable Thread holder = Thread.currentThread();
    private Phase phase = Phase.ARRIVING;
    private boolean settled;
    private MessageTask.@Nullable Control control;
    private @Nullable CutOff cutOff;
    // Changed under the lock, and looked at without: a snapshot of the statistics asks all requests.
    private volatile boolean abandoned;
    private volatile Deadlines.@Nullable Watch watch;

    RequestTask(R request, Service<R> service) {
        this.request = request;
        this.service = service;
    }

    /** It is accepted, unless its server has ended meanwhile. */
    boolean enter() {
        return service.inFlight().add(this);
    }

    /** Its time runs from now on. */
    void watch() {
        watch = service.deadlines().watch(this, request);
    }

    /**
     * It was told of, so it may be run or end from now on: its end is not to be told before its beginning.
     *
     * @return whether it goes to the dispatcher; false if it was cut off meanwhile, and has ended
     */
    boolean offer() {
        CutOff how;
        lock.lock();
        try {
            how = cutOff;
            phase = how == null ? Phase.OFFERED : Phase.ENDING;
        } finally {
            lock.unlock();
        }
        if (how != null) {
            end(null, how);
        }
        return how == null;
    }

    @Override
    public void run() {
        if (!begin(null)) {
            return;
        }
        Throwable failure = null;
        try {
            service.handler().handle(request);
        } catch (Throwable t) {
            failure = t;
        }
        finish(failure);
    }

    /**
     * Makes this the thread that handles it.
     *
     * @param how to end the handling from outside, if the thread handles others too
     * @return false if it has ended already
     */
    boolean begin(MessageTask.@Nullable Control how) {
        lock.lock();
        try {
            boolean begun = claim(Phase.OFFERED, Phase.HANDLING);
            if (begun) {
                control = how;
            }
            return begun;
        } finally {
            lock.unlock();
        }
    }

    /** What is left to handle is handled by this thread. */
    void takeOver() {
        lock.lock();
        try {
            if (phase == Phase.HANDLING) {
                holder = Thread.currentThread();
            }
        } finally {
            lock.unlock();
        }
    }

    /** It was handled. */
    void finish(@Nullable Throwable failure) {
        CutOff how = finishHandling();
        // An interrupt was meant for the handler. What is done at its end is not to see it; nor is what the thread
        // does next, if somebody restores it there.
        Thread.interrupted();
        try {
            end(failure, how);
        } finally {
            Thread.interrupted();
        }
    }

    /** Its dispatcher has taken it, and may run it on any thread. */
    void dispatched() {
        lock.lock();
        try {
            // Its handler may have returned without having ended it: then others will.
            if (phase == Phase.OFFERED || (phase == Phase.HANDLING && holder == Thread.currentThread())) {
                holder = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends, on the accepting thread, a request that its dispatcher did not take, for all that is known. */
    void reject(Throwable cause) {
        if (claim(Phase.ARRIVING, Phase.ENDING) || claim(Phase.OFFERED, Phase.ENDING)) {
            try {
                service.conclusion().reject(request, cause);
            } finally {
                ended(Outcome.COMPLETED);
            }
        } else if (!isCut()) {
            Log.log(Level.ERROR, request, " was taken by the dispatcher, which failed afterwards", cause);
        }
    }

    /**
     * Ends it from outside: interrupts its thread and closes the request, or keeps it from ever starting. While it
     * arrives it is only closed, and ends as it is offered.
     */
    void cut(CutOff why) {
        boolean unclaimed;
        boolean over;
        MessageTask.Control shared = null;
        lock.lock();
        try {
            over = phase == Phase.ENDING;
            unclaimed = claim(Phase.OFFERED, Phase.ENDING);
            if (cutOff == null) {
                cutOff = why;
            }
            if (!over) {
                request.cutOff(cutOff);
            }
            if (phase == Phase.HANDLING) {
                shared = control;
                if (shared == null && holder != null) {
                    holder.interrupt();
                }
            }
        } finally {
            lock.unlock();
        }
        if (unclaimed) {
            discard();
            end(null, why);
        } else if (!over || request instanceof Connection) {
            // Once it is handled, a datagram's reply may go out.
            service.conclusion().cut(request);
        }
        // Not under the lock: who is told may end it at once, and tell others of that.
        if (shared != null) {
            shared.cutOff();
        }
    }

    private void discard() {
        try {
            service.dispatcher().discard(this);
        } catch (Throwable t) {
            Log.log(Level.ERROR, request, " was cut off, and its dispatcher failed to discard it", t);
        }
    }

    /** It was cut off some time ago: if it still has not ended, it may never. */
    void abandon() {
        if (service.inFlight().has(this) && becomesAbandoned()) {
            service.inFlight().changed();
            service.conclusion().abandoned(request);
        }
    }

    private boolean becomesAbandoned() {
        lock.lock();
        try {
            boolean first = !abandoned;
            abandoned = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    boolean abandoned() {
        return abandoned;
    }

    Request request() {
        return request;
    }

    /** Settles how it counts, exactly once: who comes too late finds it counted. Returns whether it is settled so. */
    boolean settle(Runnable count) {
        lock.lock();
        try {
            boolean first = !settled;
            if (first) {
                settled = true;
                count.run();
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    boolean heldByAny(Set<Thread> threads) {
        lock.lock();
        try {
            return holder != null && threads.contains(holder);
        } finally {
            lock.unlock();
        }
    }

    /** Whether one of those threads is in its handler, or about its end; it is so for one of many at most. */
    boolean handledByAny(Set<Thread> threads) {
        lock.lock();
        try {
            return heldByAny(threads) && (control == null || phase == Phase.ENDING || control.isHandling());
        } finally {
            lock.unlock();
        }
    }

    /** How it will end: what was not cut off completes, what was has no end in sight unless a given thread has it. */
    Outcome prospect(Set<Thread> threads) {
        lock.lock();
        try {
            if (cutOff == null) {
                return Outcome.COMPLETED;
            }
            return heldByAny(threads) ? Outcome.CLOSED_AT_GRACE : Outcome.ABANDONED;
        } finally {
            lock.unlock();
        }
    }

    /** Makes the current thread the one that brings it to its end, if it has come so far and no further. */
    private boolean claim(Phase from, Phase next) {
        lock.lock();
        try {
            boolean free = phase == from;
            if (free) {
                phase = next;
                holder = Thread.currentThread();
            }
            return free;
        } finally {
            lock.unlock();
        }
    }

    private boolean isCut() {
        lock.lock();
        try {
            return cutOff != null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable CutOff finishHandling() {
        lock.lock();
        try {
            phase = Phase.ENDING;
            // Who ends it need not be who has begun it.
            holder = Thread.currentThread();
            return cutOff;
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable Throwable failure, @Nullable CutOff how) {
        try {
            service.conclusion().conclude(request, failure, how);
        } finally {
            ended(how != null && how.isAtGrace() ? Outcome.CLOSED_AT_GRACE : Outcome.COMPLETED);
        }
    }

    /** Whether its dispatcher has it, and no thread for it yet. */
    boolean isQueued() {
        lock.lock();
        try {
            return phase == Phase.OFFERED && holder == null;
        } finally {
            lock.unlock();
        }
    }

    private void ended(Outcome how) {
        service.deadlines().end(watch);
        service.inFlight().ended(this, how);
    }
}
