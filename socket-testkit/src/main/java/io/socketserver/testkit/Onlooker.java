package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Tells from outside whether threads wait for something that is not the network's; for one thread at a time. */
final class Onlooker {

    /** The patience it takes with a thread that runs, or is about to. */
    static final long RUNS = Long.MAX_VALUE;

    /** With one that will come back by itself, or waits for the system. */
    private static final long SLEEPS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final List<String> COUNTED =
            List.of("java.util.concurrent.locks.ReentrantLock$", "java.util.concurrent.CountDownLatch$");

    /** Whose native methods wait, and do not work. */
    private static final List<String> SYSTEM =
            List.of("sun.nio.ch.", "sun.nio.fs.", "java.net.", "java.io.", "java.lang.Process");

    /** Those seen in {@link Object#wait()} without a limit, or in {@link Thread#join()}, and not elsewhere since. */
    private final Set<Thread> toBeNotified = Collections.newSetFromMap(new WeakHashMap<>());

    /** Since when those of them have been looked at without anybody having ended, in real time. */
    private final Map<Thread, Long> joinedBy = new WeakHashMap<>();

    /** Those of the last look. */
    private Set<Thread> seen = Set.of();

    /** The program's threads, and those of the runtime that carry virtual ones. */
    static Set<Thread> threads() {
        ThreadGroup root = LiveThreads.root();
        Set<Thread> threads = new HashSet<>();
        for (Thread thread : LiveThreads.all()) {
            if (isOfProgram(thread, root) || carries(thread)) {
                threads.add(thread);
            }
        }
        return threads;
    }

    /** Whether it runs virtual threads, which nothing lists. */
    static boolean carries(Thread thread) {
        return thread.getClass().getName().equals("jdk.internal.misc.CarrierThread");
    }

    private static boolean isOfProgram(Thread thread, ThreadGroup system) {
        ThreadGroup group = thread.getThreadGroup();
        return group != null && group != system && !group.getName().equals("InnocuousThreadGroup");
    }

    /**
     * How long nothing may have happened before it is taken to wait, in nanoseconds.
     *
     * @param unsure that, where it cannot be told whether somebody has ended its wait
     * @param still how long nothing has happened so far
     */
    long patience(Thread thread, long unsure, long still) {
        Object blocker = LockSupport.getBlocker(thread);
        Thread.State state = thread.getState();
        boolean waits = state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        if (waits && blocker != null) {
            return parked(thread, blocker, unsure);
        }
        if (waits && isToBeNotified(thread, state)) {
            return mayHaveJoined(thread) ? unsure : 0;
        }
        toBeNotified.remove(thread);
        joinedBy.remove(thread);
        return switch (state) {
            case WAITING -> unsure;
            case TIMED_WAITING, BLOCKED -> SLEEPS;
            case RUNNABLE -> still >= SLEEPS && isIn(SYSTEM, thread) ? SLEEPS : RUNS;
            // What it has done at its end is to be seen first.
            case NEW, TERMINATED -> RUNS;
        };
    }

    // One that was notified is blocked instead, at once, until it has the monitor. With a limit it may sleep since.
    private boolean isToBeNotified(Thread thread, Thread.State state) {
        if (state == Thread.State.WAITING && toBeNotified.contains(thread)) {
            return true;
        }
        return isIn(List.of("java.lang.Object"), thread) && (state != Thread.State.WAITING || toBeNotified.add(thread));
    }

    /** To be called with all threads before they are looked at. */
    void look(Set<Thread> now) {
        if (!now.containsAll(seen)) {
            joinedBy.clear();
        }
        seen = now;
    }

    // Who has ended is in no list any more a moment before those are notified that wait for it to end.
    private boolean mayHaveJoined(Thread thread) {
        long now = TimeSource.system().nanoTime();
        long since = joinedBy.computeIfAbsent(thread, waiting -> joins(waiting) ? now : now - SLEEPS);
        return now - since < SLEEPS;
    }

    private static boolean joins(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals("java.lang.Thread")) {
                return frame.getMethodName().equals("join");
            }
            if (!frame.getClassName().equals("java.lang.Object")) {
                return false;
            }
        }
        return false;
    }

    private static long parked(Thread thread, Object blocker, long unsure) {
        // Other futures park on something that never tells whether they are done.
        if (!startsWithAny(blocker.getClass().getName(), COUNTED) && !(blocker instanceof FutureTask)) {
            return unsure;
        }
        // It is about to go on if that is a lock that nobody holds, a latch that is open, or a task that is done.
        boolean free = blocker instanceof FutureTask<?> task
                ? task.isDone()
                : blocker.toString().contains("State = 0");
        // If it has gone on meanwhile, the lock may be its own.
        return free || LockSupport.getBlocker(thread) != blocker ? RUNS : 0;
    }

    private static boolean isIn(List<String> types, Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0 && stack[0].isNativeMethod() && startsWithAny(stack[0].getClassName(), types);
    }

    private static boolean startsWithAny(String name, List<String> beginnings) {
        for (String beginning : beginnings) {
            if (name.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }
}
