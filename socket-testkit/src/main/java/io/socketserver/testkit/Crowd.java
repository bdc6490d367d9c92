package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that take part in what happens on a network: those that have used it, and all that came to be after it, as
 * nobody knows what they will do. Tells whether all of them wait.
 */
final class Crowd {

    /** How long, in real time, to wait for a thread that may be about to run before time makes a leap of so much. */
    private static final long LEAP_PER_PATIENCE = 1000;

    private static final long SHORTEST = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(20);

    /** What a program calls, and what calls it. */
    private static final List<String> OURS =
            List.of("java.", "jdk.", "sun.", "io.socketserver.api.", Crowd.class.getPackageName() + ".");

    private final Set<Thread> outsiders = ConcurrentHashMap.newKeySet();
    private final Map<Thread, Waiter> waiters = new ConcurrentHashMap<>();
    private final AtomicLong moves = new AtomicLong();
    // For who looks: one at a time.
    private final Onlooker onlooker = new Onlooker();
    private boolean settling;
    private long movesSeen;
    private long movedAt;
    private long ranAt;

    Crowd() {
        for (Thread thread : Onlooker.threads()) {
            outsiders.add(thread);
        }
        outsiders.remove(Thread.currentThread());
    }

    /** The current thread takes part from now on. */
    void join() {
        if (!outsiders.isEmpty()) {
            outsiders.remove(Thread.currentThread());
        }
    }

    void arrive(Waiter waiter) {
        // In this order: who sees the move sees the waiter as well.
        waiters.put(waiter.thread(), waiter);
        moves.incrementAndGet();
    }

    void leave(Waiter waiter) {
        waiters.remove(waiter.thread());
        moves.incrementAndGet();
    }

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    /** How often anybody began or ended to wait. */
    long moves() {
        return moves.get();
    }

    /** Who waits now, to be looked at. */
    View view() {
        long seen = moves.get();
        // Not Map.copyOf, which would stumble over one that leaves and comes again meanwhile.
        return new View(seen, new HashMap<>(waiters));
    }

    /**
     * Those who waited at a time.
     *
     * @param moves how often anybody had begun or ended to wait by then
     */
    record View(long moves, Map<Thread, Waiter> waiters) {

        /** Whoever is to be woken next by the time. */
        @Nullable
        Waiter earliest(long now) {
            Waiter earliest = null;
            for (Waiter waiter : waiters.values()) {
                if (!waiter.isRung() && (earliest == null || waiter.isBefore(earliest, now))) {
                    earliest = waiter;
                }
            }
            return earliest;
        }
    }

    /**
     * Whether everybody but the current thread waits, and has since that view, and so nothing happens any more unless time
     * goes on. For one thread at a time.
     *
     * @param leap how far time would go on; a thread of which it cannot be told is given the more time the more it is
     */
    boolean waits(View view, long leap) {
        settling = false;
        // Most looks end here, and this one is cheap.
        if (!waitersWait(view)) {
            return false;
        }
        long now = TimeSource.system().nanoTime();
        if (view.moves != movesSeen) {
            movesSeen = view.moves;
            movedAt = now;
            ranAt = now;
        }
        long needed = patience(view, leap, now - movedAt);
        if (needed == Onlooker.RUNS) {
            ranAt = now;
            return false;
        }
        // Those of the view are looked at last: whom others have woken before they began to wait is seen to be awake.
        return needed <= now - ranAt && waitersWait(view) && moves.get() == view.moves;
    }

    // Everybody is looked at twice. Whoever waits for the same at both times has started nobody in between. Whom it had
    // started before is listed at the second time, unless that one has ended, which its starter's wait then shows.
    private long patience(View view, long leap, long still) {
        long unsure = leap == 0 ? 0 : Math.min(LONGEST, Math.max(SHORTEST, leap / LEAP_PER_PATIENCE));
        Map<Thread, Object> waitingFor = new HashMap<>();
        long needed = 0;
        for (Thread thread : others(view)) {
            waitingFor.put(thread, what(thread));
            needed = Math.max(needed, onlooker.patience(thread, unsure, still));
        }
        if (needed == Onlooker.RUNS) {
            return needed;
        }
        for (Thread thread : others(view)) {
            needed = Math.max(needed, onlooker.patience(thread, unsure, still));
            if (waitingFor.get(thread) != what(thread)) {
                return Onlooker.RUNS;
            }
        }
        return needed;
    }

    private List<Thread> others(View view) {
        Set<Thread> threads = Onlooker.threads();
        onlooker.look(threads);
        List<Thread> others = new ArrayList<>();
        for (Thread thread : threads) {
            if (!isOut(thread) && !view.waiters.containsKey(thread)) {
                others.add(thread);
            }
        }
        return others;
    }

    private static Object what(Thread thread) {
        Object blocker = LockSupport.getBlocker(thread);
        return blocker == null ? thread : blocker;
    }

    private boolean waitersWait(View view) {
        for (Waiter waiter : view.waiters.values()) {
            if (waiter.thread() != Thread.currentThread() && !waiter.waits()) {
                settling = !waiter.isWoken();
                return false;
            }
        }
        return true;
    }

    /** What everybody does, a line each; for one thread at a time. */
    String situation(long now) {
        View view = view();
        List<String> lines = new ArrayList<>();
        for (Waiter waiter : view.waiters.values()) {
            long left = waiter.deadline() - now;
            lines.add("    thread '" + waiter.thread().getName() + "' waits here, "
                    + (left >= Span.CENTURY ? "without end" : "for " + Span.text(left)) + at(waiter.thread()));
        }
        for (Thread thread : others(view)) {
            boolean runs = onlooker.patience(thread, 0, LONGEST) == Onlooker.RUNS;
            lines.add("    thread '" + thread.getName() + (runs ? "' runs" : "' waits elsewhere") + at(thread));
        }
        Collections.sort(lines);
        return String.join("\n", lines);
    }

    // Where it is in the program that is tested, or else where it is at all.
    private static String at(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return Arrays.stream(stack)
                .filter(frame -> OURS.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .or(() -> Arrays.stream(stack).findFirst())
                .map(frame -> ", at " + frame.getClassName() + '.' + frame.getMethodName() + " (line "
                        + frame.getLineNumber() + ")")
                .orElse("");
    }

    /** Whether nobody was seen to run at the last look, but one who was about to wait, or just not waiting any more. */
    boolean settles() {
        return settling;
    }

    private boolean isOut(Thread thread) {
        return thread == Thread.currentThread() || (!Onlooker.carries(thread) && outsiders.contains(thread));
    }
}
