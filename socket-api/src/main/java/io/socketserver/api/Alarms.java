package io.socketserver.api;

import java.lang.System.Logger.Level;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Calls back at deadlines, all on one thread, which begins with the first of them. Once this is closed it ends with the
 * last of them: what outlives its server keeps its limits.
 */
final class Alarms implements AutoCloseable {

    /** A time that does not come. */
    static final long NEVER = Long.MIN_VALUE;

    /** What is to happen at a time. */
    interface Alarm {

        /**
         * Rings; should be quick, since all others wait.
         *
         * @return when to ring next, or {@link Alarms#NEVER}
         */
        long ring(long now);
    }

    private static final long NO_END = Long.MAX_VALUE / 2;

    private final TimeSource time;
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<Entry> entries = new TreeSet<>();
    private long count;
    private volatile @Nullable Thread thread;
    private boolean closed;

    Alarms(TimeSource time, String name) {
        this.time = time;
        this.name = name;
    }

    /** An alarm that is set. */
    static final class Entry implements Comparable<Entry> {

        private final Alarm alarm;
        private final long number;
        private long deadline;
        private boolean cancelled;

        private Entry(Alarm alarm, long number, long deadline) {
            this.alarm = alarm;
            this.number = number;
            this.deadline = deadline;
        }

        /** The earliest comes first. */
        @Override
        public int compareTo(Entry other) {
            // Differences, since the origin of time is arbitrary and it may overflow.
            return deadline == other.deadline
                    ? Long.compare(number, other.number)
                    : Long.signum(deadline - other.deadline);
        }
    }

    /** Sets an alarm. */
    Entry set(long deadline, Alarm alarm) {
        lock.lock();
        try {
            Entry entry = new Entry(alarm, count++, deadline);
            start();
            add(entry);
            return entry;
        } finally {
            lock.unlock();
        }
    }

    /** Makes an alarm ring no more; one that rings just now is not waited for. */
    void cancel(Entry entry) {
        lock.lock();
        try {
            entry.cancelled = true;
            entries.remove(entry);
            if (closed) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether alarms ring on that thread, these or those of another server. */
    static boolean ringOn(Thread candidate) {
        return candidate instanceof Ringer;
    }

    private static final class Ringer extends Thread {
        Ringer(Runnable ringing, String name) {
            super(null, ringing, name, 0, false);
            setDaemon(true);
        }
    }

    private void start() {
        if (thread == null) {
            Thread started = new Ringer(this::run, name);
            started.start();
            thread = started;
        }
    }

    private void add(Entry entry) {
        entries.add(entry);
        if (entries.first() == entry) {
            changed.signalAll();
        }
    }

    private void run() {
        boolean more = true;
        while (more) {
            more = ringNext();
        }
    }

    // Returns whether there will be more. Nothing may end this thread but that: all limits depend on it.
    private boolean ringNext() {
        try {
            Entry due = next();
            if (due == null) {
                return false;
            }
            long again = ring(due);
            if (again != NEVER) {
                repeat(due, again);
            }
        } catch (Throwable t) {
            Log.log(Level.ERROR, "a limit in time could not be looked at", t);
        }
        return true;
    }

    private long ring(Entry entry) {
        try {
            return entry.alarm.ring(time.nanoTime());
        } catch (Throwable t) {
            // It costs this request its limit, and the others nothing.
            Log.log(Level.ERROR, "a limit in time could not be enforced", t);
            return NEVER;
        }
    }

    private void repeat(Entry entry, long deadline) {
        lock.lock();
        try {
            if (!entry.cancelled) {
                entry.deadline = deadline;
                add(entry);
            }
        } finally {
            lock.unlock();
        }
    }

    // Takes it out; null when there will be no more.
    private @Nullable Entry next() {
        lock.lock();
        try {
            while (!closed || !entries.isEmpty()) {
                if (!entries.isEmpty() && entries.first().deadline - time.nanoTime() <= 0) {
                    return entries.pollFirst();
                }
                await(entries.isEmpty() ? time.nanoTime() + NO_END : entries.first().deadline);
            }
            thread = null;
            return null;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private void await(long deadline) {
        try {
            time.awaitUntil(lock, changed, deadline);
        } catch (InterruptedException e) {
            // Nobody has this thread to interrupt it; closing ends it.
            Log.log(Level.DEBUG, name + " was interrupted", e);
        }
    }
}
