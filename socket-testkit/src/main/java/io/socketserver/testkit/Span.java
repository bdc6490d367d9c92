package io.socketserver.testkit;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** How long something takes on a network: in nanoseconds, of which some can be added up without an overflow. */
final class Span {

    /** No wait comes to an end that takes so long. */
    static final long CENTURY = TimeUnit.DAYS.toNanos(36_525);

    private Span() {}

    /** Refuses what is negative; a century if it is longer. */
    static long of(String what, Duration duration) {
        if (Objects.requireNonNull(duration, what).isNegative()) {
            throw new IllegalArgumentException("a time must not be negative, as " + duration + " is");
        }
        return Math.min(CENTURY, TimeUnit.NANOSECONDS.convert(duration));
    }

    static String text(long nanos) {
        return Duration.ofNanos(nanos).toString();
    }
}
