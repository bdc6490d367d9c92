package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Moves networks' times when all wait and none of them has noticed, since the last one to be busy waits for something
 * else, or has ended. One thread does so for all networks, and stays, as to start one costs more than most tests.
 */
final class Pulse {

    private static final Pulse INSTANCE = new Pulse();

    private static final long SHORTEST = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(2);

    private final Set<NetworkTime> times = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();

    private Pulse() {
        // Among the threads of the runtime, since it is of no test.
        Thread thread = new Thread(LiveThreads.root(), this::run, "network pulse", 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    /** Moves it as well, from now on. */
    static void move(NetworkTime time) {
        INSTANCE.add(time);
    }

    private void add(NetworkTime time) {
        lock.lock();
        try {
            times.add(time);
            more.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        long pause = SHORTEST;
        while (true) {
            pause(pause);
            boolean moved = false;
            for (NetworkTime time : times) {
                moved |= beat(time);
            }
            pause = moved ? SHORTEST : Math.min(2 * pause, LONGEST);
            if (pause == LONGEST) {
                forget();
            }
        }
    }

    // None of them should fail; one that does costs no other network its pulse.
    private boolean beat(NetworkTime time) {
        try {
            return time.beat();
        } catch (Throwable failure) {
            times.remove(time);
            Thread current = Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, failure);
            return false;
        }
    }

    // Under the lock: one who comes just now is to come after that.
    private void forget() {
        lock.lock();
        try {
            times.removeIf(NetworkTime::ends);
        } finally {
            lock.unlock();
        }
    }

    private void pause(long nanos) {
        TimeSource real = TimeSource.system();
        lock.lock();
        try {
            while (times.isEmpty()) {
                more.await();
            }
            long end = real.nanoTime() + nanos;
            while (real.awaitUntil(lock, more, end)) {
                // Not yet.
            }
        } catch (InterruptedException e) {
            // Nobody has this thread to interrupt it.
        } finally {
            lock.unlock();
        }
    }
}
