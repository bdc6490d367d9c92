package io.socketserver.api;

import java.util.concurrent.atomic.AtomicInteger;

/** How many there may be at once of what is taken and given back. */
final class Permits {

    private final int max;
    private final Runnable onReturn;
    private final AtomicInteger taken = new AtomicInteger();
    // Set before the last look, so that whoever gives back afterwards sees it.
    private volatile boolean wanted;

    /**
     * Makes as many as that.
     *
     * @param max {@link Limits#UNLIMITED} for no limit
     * @param onReturn called after one was given back that was wanted
     */
    Permits(int max, Runnable onReturn) {
        this.max = max;
        this.onReturn = onReturn;
    }

    boolean tryTake() {
        if (max == Limits.UNLIMITED) {
            return true;
        }
        int before = taken.get();
        while (before < max) {
            if (taken.compareAndSet(before, before + 1)) {
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    void giveBack() {
        if (max == Limits.UNLIMITED) {
            return;
        }
        taken.decrementAndGet();
        if (wanted) {
            onReturn.run();
        }
    }

    /** Whether somebody waits for one, to be set before a last attempt to take it. */
    void wanted(boolean now) {
        wanted = now;
    }
}
