package io.socketserver.concurrent;

import io.socketserver.api.TimeSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A span of real time that runs from now on; processes know no other. */
final class Countdown {

    private final TimeSource time = TimeSource.system();
    private final long begun = time.nanoTime();
    private final long limit;

    Countdown(Duration limit) {
        this.limit = TimeUnit.NANOSECONDS.convert(limit);
    }

    /** What is left of it; zero when it is over. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, limit - (time.nanoTime() - begun)));
    }
}
