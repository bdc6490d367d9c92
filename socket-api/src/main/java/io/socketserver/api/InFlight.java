package io.socketserver.api;

import io.socketserver.api.RequestTask.Outcome;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** The requests that are accepted and not ended, and the count of how the others ended. */
final class InFlight {

    private final Set<RequestTask<?>> tasks = ConcurrentHashMap.newKeySet();
    private final LongAdder completed = new LongAdder();
    private final LongAdder closedAtGrace = new LongAdder();
    private final LongAdder abandoned = new LongAdder();
    private final Lifecycle lifecycle;
    private volatile boolean cutting;
    private volatile boolean sealed;

    InFlight(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** What is in flight at one moment. */
    record Moment(long active, long abandoned, long bytesIn, long bytesOut) {}

    /** Takes in a request. Returns false if the server has ended, so that nothing is to be counted any more. */
    boolean add(RequestTask<?> task) {
        tasks.add(task);
        // Who seals it settles the tasks after that, so either it sees this one or this one sees the seal.
        boolean late = sealed && task.settle(() -> {});
        if (late) {
            tasks.remove(task);
        } else if (cutting) {
            // It was asked for long ago: its admission has taken the whole grace.
            task.cut(CutOff.AT_GRACE);
        }
        return !late;
    }

    /** Takes in no more. */
    void seal() {
        sealed = true;
    }

    void ended(RequestTask<?> task, Outcome how) {
        try {
            settle(task, how);
        } finally {
            tasks.remove(task);
            changed();
        }
    }

    /** There is something new for who waits for requests to end. */
    void changed() {
        // Only a server that is ending has anybody waiting; the others are spared the lock.
        if (lifecycle.ending()) {
            lifecycle.signal();
        }
    }

    boolean anyHeldBy(Set<Thread> threads) {
        for (RequestTask<?> task : tasks) {
            if (task.heldByAny(threads)) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing is in flight but what the given threads are handling, and what is excepted. */
    boolean quietBut(Set<Thread> threads, Predicate<RequestTask<?>> excepted) {
        for (RequestTask<?> task : tasks) {
            if (!task.heldByAny(threads) && !excepted.test(task)) {
                return false;
            }
        }
        return true;
    }

    /** Cuts off all but those the handlers of which run on the given threads; and, from now on, what is taken in. */
    void cutAllBut(Set<Thread> threads) {
        cutting = true;
        for (RequestTask<?> task : tasks) {
            if (!task.handledByAny(threads)) {
                task.cut(CutOff.AT_GRACE);
            }
        }
    }

    /** Settles what is still in flight; the given threads have yet to end what they are handling. */
    void settleRest(Set<Thread> threads) {
        for (RequestTask<?> task : tasks) {
            Outcome prospect = task.prospect(threads);
            settle(task, prospect);
            if (prospect == Outcome.ABANDONED) {
                task.abandon();
            }
        }
    }

    boolean has(RequestTask<?> task) {
        return tasks.contains(task);
    }

    Moment moment() {
        long active = 0;
        long abandoned = 0;
        long bytesIn = 0;
        long bytesOut = 0;
        for (RequestTask<?> task : tasks) {
            Request request = task.request();
            if (!request.isConcluded()) {
                active++;
                abandoned += task.abandoned() ? 1 : 0;
                bytesIn += request.bytesIn();
                bytesOut += request.bytesOut();
            }
        }
        return new Moment(active, abandoned, bytesIn, bytesOut);
    }

    long count(Outcome how) {
        return counter(how).sum();
    }

    private void settle(RequestTask<?> task, Outcome how) {
        task.settle(counter(how)::increment);
    }

    private LongAdder counter(Outcome how) {
        return switch (how) {
            case COMPLETED -> completed;
            case CLOSED_AT_GRACE -> closedAtGrace;
            case ABANDONED -> abandoned;
        };
    }
}
