package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time of a network, which goes on by itself when everybody waits: to the next event, or to the next deadline of one
 * of those who wait. Who is the last to wait moves it, one step at a time; {@link Pulse} does if nobody notices.
 */
final class NetworkTime implements TimeSource {

    /** How often to look at those who are about to wait, before one waits oneself. */
    private static final int LOOKS = 50;

    private final Agenda agenda;
    private final Crowd crowd = new Crowd();
    private final ReentrantLock stepping = new ReentrantLock();
    private final AtomicBoolean beating = new AtomicBoolean();
    private final Standstill standstill;
    private volatile long now;
    // For the pulse.
    private long movesAtLast;

    NetworkTime(Agenda agenda) {
        this(agenda, new Standstill());
    }

    NetworkTime(Agenda agenda, Standstill standstill) {
        this.agenda = agenda;
        this.standstill = standstill;
    }

    @Override
    public long nanoTime() {
        crowd.join();
        return now;
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller loops, as the contract says
    public boolean awaitUntil(Lock lock, Condition condition, long deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        crowd.join();
        if (deadline - now <= 0) {
            return false;
        }
        Waiter waiter = new Waiter(Thread.currentThread(), lock, condition, deadline);
        crowd.arrive(waiter);
        try {
            if (!stepUnlocked(lock) || isEarly(waiter)) {
                requirePulse();
                condition.await();
            }
        } finally {
            crowd.leave(waiter);
        }
        return deadline - now > 0;
    }

    // Whoever makes the step to another's deadline may have the same, and waits for its turn. That comes in any case,
    // whether or not it was signalled meanwhile.
    private boolean isEarly(Waiter waiter) {
        return waiter.deadline() - now <= 0 && !waiter.isRung();
    }

    /** Waits in this time, for nothing. */
    void pass(long nanos) throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Condition never = lock.newCondition();
        long deadline = nanoTime() + nanos;
        lock.lock();
        try {
            while (awaitUntil(lock, never, deadline)) {
                // Not yet.
            }
        } finally {
            lock.unlock();
        }
    }

    // What happens in a step takes other locks. The caller looks again at what it waits for, as after any wait.
    private boolean stepUnlocked(Lock lock) {
        if (!(lock instanceof ReentrantLock own) || own.getHoldCount() != 1) {
            return false;
        }
        // Whoever wants this lock waits for nothing else.
        return stepSettled(() -> !own.hasQueuedThreads(), own::unlock, own::lock);
    }

    /** Goes on to what comes next if everybody but the current thread waits. Returns whether it did. */
    boolean step() {
        return stepSettled(() -> true, () -> {}, () -> {});
    }

    // Who looks while another is on its way into a wait looks again; that other one need not.
    @SuppressWarnings("ThreadPriorityCheck") // a hint, on which nothing but speed depends
    private boolean stepSettled(BooleanSupplier free, Runnable before, Runnable after) {
        for (int look = 0; look < LOOKS && free.getAsBoolean() && stepping.tryLock(); look++) {
            boolean settles;
            boolean happens = false;
            try {
                Runnable next = next();
                settles = crowd.settles();
                happens = next != null && free.getAsBoolean();
                if (next != null && happens) {
                    before.run();
                    next.run();
                }
            } finally {
                stepping.unlock();
                if (happens) {
                    after.run();
                }
            }
            if (happens) {
                return true;
            }
            if (!settles) {
                return false;
            }
            Thread.yield();
        }
        return false;
    }

    private @Nullable Runnable next() {
        Crowd.View view = crowd.view();
        Agenda.Event event = agenda.first();
        Waiter waiter = view.earliest(now);
        // By the time itself, as one that is to come in a century must not come when some of that has passed.
        long toEvent = event == null || event.time() >= Span.CENTURY ? Span.CENTURY : event.time() - now;
        long toDeadline = waiter == null ? Span.CENTURY : Math.max(0, waiter.deadline() - now);
        long leap = Math.min(toEvent, toDeadline);
        // What came while the others were looked at is looked at with the next step.
        if (!crowd.waits(view, leap) || leap >= Span.CENTURY || !Objects.equals(event, agenda.first())) {
            return null;
        }
        if (event != null && toEvent <= toDeadline) {
            return () -> happen(event);
        }
        return waiter == null ? null : () -> come(waiter);
    }

    private void happen(Agenda.Event event) {
        if (agenda.remove(event)) {
            agenda.step();
            now = event.time();
            event.action().run();
        }
    }

    private void come(Waiter waiter) {
        agenda.step();
        long before = now;
        now = before + Math.max(0, waiter.deadline() - before);
        if (!waiter.ring()) {
            now = before;
        }
    }

    // Whoever is the last to wait may do so elsewhere, or just end.
    private void requirePulse() {
        if (!beating.get() && beating.compareAndSet(false, true)) {
            Pulse.move(this);
        }
    }

    /** Goes on as far as it can; returns whether anything has happened since the last time. */
    boolean beat() {
        boolean moved = false;
        while (!crowd.isEmpty() && step()) {
            moved = true;
        }
        long moves = crowd.moves();
        moved |= moves != movesAtLast;
        movesAtLast = moves;
        standstill.look(moved || crowd.isEmpty(), this::situation);
        return moved;
    }

    private String situation() {
        stepping.lock();
        try {
            return crowd.situation(now);
        } finally {
            stepping.unlock();
        }
    }

    /** Whether it needs no pulse any more, as nobody waits. */
    boolean ends() {
        if (!crowd.isEmpty()) {
            return false;
        }
        beating.set(false);
        // Somebody may have come meanwhile, and have relied on it.
        return crowd.isEmpty() || !beating.compareAndSet(false, true);
    }
}
