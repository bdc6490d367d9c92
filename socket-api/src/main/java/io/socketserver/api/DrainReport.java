package io.socketserver.api;

import java.time.Duration;

/**
 * How a server ended: every request it accepted in its life is counted once.
 *
 * @param completed ended before the grace was over: well, with a failure, at one of the server's limits, or because its
 *     dispatcher did not take it
 * @param closedAtGrace still being handled when the grace was over; was closed and interrupted, and ended then
 * @param abandoned did not end even so: its thread still runs
 * @param elapsed how long the draining took
 */
public record DrainReport(long completed, long closedAtGrace, long abandoned, Duration elapsed) {

    /** The report in one line, for a log. */
    @Override
    public String toString() {
        return "drained in " + elapsed.toMillis() + " ms: " + completed + " completed, " + closedAtGrace
                + " closed at the grace, " + abandoned + " abandoned";
    }
}
