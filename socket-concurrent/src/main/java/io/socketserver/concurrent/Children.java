package io.socketserver.concurrent;

import io.socketserver.api.Request;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The children that there are, in work and spare, and the bound on their number. */
final class Children {

    private final Program program;
    private final ProcessOptions options;

    // Fair, and held for a moment only: no process is started, told or ended under it.
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final Set<Child> working = new HashSet<>();
    private final Deque<Child> spares = new ArrayDeque<>();
    // Those in work and those about to be; spares about to be.
    private int taken;
    private int starting;
    private boolean closed;
    private boolean ending;

    Children(Program program, ProcessOptions options) {
        this.program = program;
        this.options = options;
    }

    /** Waits for room, and returns a child that knows its request. */
    Child take(Request request) throws IOException, InterruptedException {
        Child spare = enter();
        boolean begun = false;
        try {
            Child child = introduced(spare, request);
            if (begin(child)) {
                child.endBecause(Child.CLOSED);
            }
            begun = true;
            return child;
        } finally {
            if (!begun) {
                leave();
            }
        }
    }

    void giveBack(Child child) {
        lock.lock();
        try {
            working.remove(child);
        } finally {
            lock.unlock();
        }
        leave();
        replenish();
    }

    /** Starts as many spares as are missing and there is room for. */
    void replenish() {
        boolean started = true;
        while (started && reserveSpare()) {
            Child spare = null;
            try {
                spare = program.start(null);
            } catch (IOException e) {
                Log.log(Level.WARNING, "a spare JVM cannot be started", e);
            } finally {
                addSpare(spare);
            }
            started = spare != null;
        }
    }

    void close() {
        List<Child> idle;
        lock.lock();
        try {
            closed = true;
            idle = List.copyOf(spares);
            spares.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            Child.discard(idle);
        } finally {
            if (!options.waitOnClose() || interruptedWhileWaiting()) {
                endWorking();
            }
        }
    }

    // Takes a spare, if there is one, and its place; else waits until there is room for one more.
    private @Nullable Child enter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && spares.isEmpty() && taken + starting >= options.maxChildren()) {
                changed.await();
            }
            if (closed) {
                throw new IllegalStateException("the process handler is closed");
            }
            taken++;
            return spares.poll();
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            taken--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // Returns whether it came too late, and has to be ended.
    private boolean begin(Child child) {
        lock.lock();
        try {
            working.add(child);
            return ending;
        } finally {
            lock.unlock();
        }
    }

    private Child introduced(@Nullable Child first, Request request) throws IOException {
        for (Child spare = first; spare != null; spare = nextSpare()) {
            if (knows(spare, request)) {
                return spare;
            }
            // It ended while it was waiting, so the request has lost nothing.
            Child.discard(List.of(spare));
            Log.log(Level.WARNING, spare + ", a spare, had ended before it was needed");
        }
        Child child = program.start(request);
        // If it has ended already, its exit status tells more.
        knows(child, request);
        return child;
    }

    // Leaves no child behind if that fails in any other way than by the child's end.
    private boolean knows(Child child, Request request) {
        boolean settled = false;
        try {
            program.introduce(child, request);
            settled = true;
            return true;
        } catch (IOException e) {
            settled = true;
            return false;
        } finally {
            if (!settled) {
                Child.discard(List.of(child));
            }
        }
    }

    private @Nullable Child nextSpare() {
        lock.lock();
        try {
            return spares.poll();
        } finally {
            lock.unlock();
        }
    }

    private boolean reserveSpare() {
        lock.lock();
        try {
            int waiting = spares.size() + starting;
            boolean room = !closed && waiting < options.spares() && taken + waiting < options.maxChildren();
            starting += room ? 1 : 0;
            return room;
        } finally {
            lock.unlock();
        }
    }

    private void addSpare(@Nullable Child spare) {
        boolean late = false;
        lock.lock();
        try {
            starting--;
            late = closed;
            if (spare != null && !late) {
                spares.add(spare);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (spare != null && late) {
            Child.discard(List.of(spare));
        }
    }

    private boolean interruptedWhileWaiting() {
        lock.lock();
        try {
            while (taken + starting > 0) {
                changed.await();
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void endWorking() {
        List<Child> all;
        lock.lock();
        try {
            ending = true;
            all = new ArrayList<>(working);
        } finally {
            lock.unlock();
        }
        Child.endBecause(all, Child.CLOSED);
    }
}
