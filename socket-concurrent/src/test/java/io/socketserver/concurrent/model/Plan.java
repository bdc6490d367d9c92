package io.socketserver.concurrent.model;

import io.socketserver.api.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A server, and what happens to it.
 *
 * @param strategy its dispatcher
 * @param room its limits
 * @param deadline whether its requests have one
 * @param meddling what its observers do, once each
 * @param scripts what threads do, all at the same time
 */
record Plan(Strategy strategy, Room room, boolean deadline, Map<Moment, Deed> meddling, List<List<Command>> scripts) {

    private static final Duration LIMIT = Duration.ofSeconds(1);

    /** Something ends every request: these, or a handler's own time-outs. */
    Limits limits() {
        Limits limits = room.limits();
        if (deadline) {
            return limits.requestDeadline(LIMIT);
        }
        return strategy.isOfMessages() ? limits.readTimeout(LIMIT).writeTimeout(LIMIT) : limits;
    }

    @Override
    public String toString() {
        return scripts.stream().map(script -> "\n    thread: " + script).collect(Collectors.joining("", title(), "\n"));
    }

    private String title() {
        return strategy + ", room: " + room + (deadline ? ", with deadline" : "")
                + (meddling.isEmpty() ? "" : ", observers: " + meddling);
    }
}
