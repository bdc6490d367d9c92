package io.socketserver.api;

import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One request from the dispatcher's hands to its end; nothing that a handler does gets past it. */
final class RequestTask<R extends Request> implements Runnable {

    /** How it ended, as a drain's report counts it; settled exactly once. */
    enum Outcome {
        COMPLETED,
        CLOSED_AT_GRACE,
        ABANDONED
    }

    private final R request;
    private final Handler<? super R> handler;
    private final Conclusion conclusion;
    private final InFlight inFlight;
    private final Deadlines deadlines;

    private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
    // Guards what is below, so that an interrupt never reaches a thread that has gone on to something else.
    private final ReentrantLock lock = new ReentrantLock();
    // Whoever has it in hand: the accepting thread, nobody while the dispatcher keeps it, the thread that runs it.
    private @Nullable Thread holder = Thread.currentThread();
    private boolean claimed;
    private boolean handled;
    private @Nullable CutOff cutOff;
    private volatile boolean abandoned;
    private volatile Deadlines.@Nullable Watch watch;

    RequestTask(R request, Handler<? super R> handler, Conclusion conclusion, InFlight inFlight, Deadlines deadlines) {
        this.request = request;
        this.handler = handler;
        this.conclusion = conclusion;
        this.inFlight = inFlight;
        this.deadlines = deadlines;
    }

    /** It is accepted, and goes to the dispatcher next. */
    void begin() {
        inFlight.add(this);
        watch = deadlines.watch(this, request);
    }

    @Override
    public void run() {
        if (!claim()) {
            return;
        }
        Throwable failure = null;
        try {
            handler.handle(request);
        } catch (Throwable t) {
            failure = t;
        }
        CutOff how = finishHandling();
        // An interrupt was meant for this request, so it must not reach what the thread does next.
        Thread.interrupted();
        end(failure, how);
    }

    /** Its dispatcher has taken it, and may run it on any thread. */
    void dispatched() {
        lock.lock();
        try {
            if (!claimed) {
                holder = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends a request that its dispatcher did not take, for all that is known. */
    void reject(Throwable cause) {
        if (claim()) {
            try {
                conclusion.reject(request, cause);
            } finally {
                ended(Outcome.COMPLETED);
            }
        } else if (!isCut()) {
            Log.log(Level.ERROR, request, " was taken by the dispatcher, which failed afterwards", cause);
        }
    }

    /** Ends it from outside: interrupts its thread and closes the request, or keeps it from ever starting. */
    void cut(CutOff why) {
        boolean unclaimed = claim();
        lock.lock();
        try {
            if (cutOff == null) {
                cutOff = why;
                request.cutOff(why);
            }
            if (!unclaimed && !handled && holder != null) {
                holder.interrupt();
            }
        } finally {
            lock.unlock();
        }
        if (unclaimed) {
            end(null, why);
        } else {
            conclusion.cut(request);
        }
    }

    /** It was cut off some time ago: if it still has not ended, it may never. */
    void abandon() {
        if (!abandoned && inFlight.has(this)) {
            abandoned = true;
            conclusion.abandoned(request);
        }
    }

    boolean abandoned() {
        return abandoned;
    }

    Request request() {
        return request;
    }

    boolean settle(Outcome how) {
        return outcome.compareAndSet(null, how);
    }

    boolean heldByAny(Set<Thread> threads) {
        lock.lock();
        try {
            return holder != null && threads.contains(holder);
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

    /** Makes the current thread the one that brings it to its end. */
    private boolean claim() {
        lock.lock();
        try {
            if (claimed) {
                return false;
            }
            claimed = true;
            holder = Thread.currentThread();
            return true;
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
            handled = true;
            return cutOff;
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable Throwable failure, @Nullable CutOff how) {
        try {
            conclusion.conclude(request, failure, how);
        } finally {
            ended(CutOff.AT_GRACE.equals(how) ? Outcome.CLOSED_AT_GRACE : Outcome.COMPLETED);
        }
    }

    private void ended(Outcome how) {
        deadlines.end(watch);
        inFlight.ended(this, how);
    }
}
