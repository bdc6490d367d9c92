package io.socketserver.api;

import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One request from the dispatcher's hands to its end; nothing that a handler does gets past it. */
final class RequestTask<R extends Request> implements Runnable {

    /** How it ended, settled exactly once. */
    enum Outcome {
        COMPLETED,
        CLOSED_AT_GRACE,
        ABANDONED
    }

    private static final int MAX_CAUSES = 20;

    private final R request;
    private final Handler<? super R> handler;
    private final ErrorHandler errors;
    private final Observers observers;
    private final InFlight inFlight;

    private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
    // Guards what is below, so that an interrupt never reaches a thread that has gone on to something else.
    private final ReentrantLock lock = new ReentrantLock();
    // Whoever has it in hand: the accepting thread, nobody while the dispatcher keeps it, the thread that runs it.
    private @Nullable Thread holder = Thread.currentThread();
    private boolean claimed;
    private boolean handled;
    private boolean cut;

    RequestTask(R request, Handler<? super R> handler, ErrorHandler errors, Observers observers, InFlight inFlight) {
        this.request = request;
        this.handler = handler;
        this.errors = errors;
        this.observers = observers;
        this.inFlight = inFlight;
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
        boolean wasCut = finishHandling();
        // An interrupt was meant for this request, so it must not reach what the thread does next.
        Thread.interrupted();
        end(failure, wasCut);
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

    /** Ends a request that its dispatcher did not take. Returns false if it had taken it after all. */
    boolean reject(Throwable cause) {
        if (claim()) {
            observers.tell(o -> o.refused(request, Observer.Refusal.REJECTED));
            end(cause, false);
            return true;
        }
        Server.LOG.log(Level.ERROR, "the dispatcher failed although it had taken " + request, cause);
        return false;
    }

    /** Ends it from outside: interrupts its thread and closes the request, or keeps it from ever starting. */
    void cut() {
        if (claim()) {
            end(null, true);
            return;
        }
        lock.lock();
        try {
            cut = true;
            if (holder != null && !handled) {
                holder.interrupt();
            }
        } finally {
            lock.unlock();
        }
        request.discardReply();
        // A failure shows in the handler's thread as well, and is reported from there.
        close();
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
            if (!cut) {
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

    private boolean finishHandling() {
        lock.lock();
        try {
            handled = true;
            return cut;
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable Throwable failure, boolean wasCut) {
        try {
            if (failure != null) {
                request.discardReply();
            }
            // What was cut off fails because of that; the drain's report tells of it.
            if (failure != null && !wasCut) {
                report(failure);
            }
            Throwable unsent = close();
            if (unsent != null && failure == null && !wasCut) {
                report(unsent);
            }
            observers.tell(o -> o.ended(request));
        } finally {
            inFlight.ended(this, wasCut ? Outcome.CLOSED_AT_GRACE : Outcome.COMPLETED);
        }
    }

    private @Nullable Throwable close() {
        try {
            request.close();
            return null;
        } catch (Throwable t) {
            return t;
        }
    }

    private void report(Throwable failure) {
        DisconnectedException gone = disconnect(failure);
        if (gone != null) {
            observers.tell(o -> o.disconnected(request, gone));
            return;
        }
        try {
            errors.handle(request, failure);
        } catch (Throwable t) {
            if (t != failure) {
                t.addSuppressed(failure);
            }
            Server.LOG.log(Level.ERROR, "the error handler failed on " + request, t);
        }
    }

    private static @Nullable DisconnectedException disconnect(Throwable failure) {
        Throwable cause = failure;
        // Not without end: causes can form a circle.
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof DisconnectedException gone) {
                return gone;
            }
            cause = cause.getCause();
        }
        return null;
    }
}
