package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Turns a timeout into the value of a clock at which it ends. */
final class Deadline {

    private static final long ENDLESS = Long.MAX_VALUE / 2;

    private Deadline() {}

    /** That of a wait which has none. */
    static long never(TimeSource time) {
        return time.nanoTime() + ENDLESS;
    }

    /** A negative timeout counts as zero; one too long to count in nanoseconds never ends. */
    static long of(TimeSource time, Duration timeout) {
        return time.nanoTime() + Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    }
}
