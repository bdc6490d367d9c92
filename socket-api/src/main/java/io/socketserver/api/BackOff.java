package io.socketserver.api;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The pauses between attempts to accept that fail, and the two lines that tell the log of it: when it begins, and when it
 * is over.
 */
final class BackOff {

    static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final long QUIET = TimeUnit.SECONDS.toNanos(1);

    private final URI uri;
    private final Lifecycle lifecycle;
    private Duration pause = Duration.ZERO;
    private long failures;
    private long overSince;
    private boolean told;

    BackOff(URI uri, Lifecycle lifecycle) {
        this.uri = uri;
        this.lifecycle = lifecycle;
        overSince = lifecycle.now() - QUIET;
    }

    /** An attempt has failed. Returns how long to wait before the next. */
    Duration failed(IOException failure) {
        failures++;
        if (pause.isZero()) {
            pause = FIRST_PAUSE;
            begin(failure);
        } else {
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
        return pause;
    }

    /** An attempt has not failed. */
    void succeeded() {
        if (pause.isZero()) {
            return;
        }
        pause = Duration.ZERO;
        if (told) {
            told = false;
            overSince = lifecycle.now();
            Log.log(Level.INFO, "accept works again on " + uri + ", after " + failures + " failures");
            failures = 0;
        }
    }

    // A server at its limit may go to and fro between the two with every client; the log is not to.
    private void begin(IOException failure) {
        if (lifecycle.now() - overSince >= QUIET) {
            told = true;
            Log.log(
                    Level.WARNING,
                    "accept failed on " + uri + " and is tried again, at the latest every " + LONGEST_PAUSE.toSeconds()
                            + " s: " + failure);
        }
    }
}
