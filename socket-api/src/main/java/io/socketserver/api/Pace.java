package io.socketserver.api;

import java.util.concurrent.TimeUnit;

/** How fast something may happen: so often in a second, and after a rest as often at once. Not thread-safe. */
final class Pace {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long interval;
    private final long burst;
    // The time at which all that has happened would have, evenly spread.
    private long spent;

    Pace(int perSecond, long now) {
        interval = SECOND / perSecond;
        burst = SECOND - interval;
        spent = now - SECOND;
    }

    /** When it may happen next, at the earliest; a time in the past if it may now. */
    long next() {
        return spent - burst;
    }

    /** It happens. */
    void step(long now) {
        spent = (spent - now > 0 ? spent : now) + interval;
    }
}
