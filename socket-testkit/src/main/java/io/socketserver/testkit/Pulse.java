package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Moves a network's time when all wait and none of them has noticed, since the last one to be busy waits for something
 * else, or has ended. It comes with the first thread that waits and goes with the last.
 */
final class Pulse extends Thread {

    private static final long SHORTEST = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(2);

    private final NetworkTime time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition never = lock.newCondition();

    Pulse(NetworkTime time) {
        super(null, null, "network pulse", 0, false);
        this.time = time;
        setDaemon(true);
    }

    @Override
    public void run() {
        long pause = SHORTEST;
        long moves = time.moves();
        while (!time.ends(this)) {
            pause(pause);
            boolean stepped = false;
            while (time.step()) {
                stepped = true;
            }
            long seen = time.moves();
            pause = stepped || seen != moves ? SHORTEST : Math.min(2 * pause, LONGEST);
            moves = seen;
        }
    }

    private void pause(long nanos) {
        TimeSource real = TimeSource.system();
        long end = real.nanoTime() + nanos;
        lock.lock();
        try {
            while (real.awaitUntil(lock, never, end)) {
                // Not yet.
            }
        } catch (InterruptedException e) {
            // Nobody has this thread to interrupt it; it goes when nobody waits.
        } finally {
            lock.unlock();
        }
    }
}
