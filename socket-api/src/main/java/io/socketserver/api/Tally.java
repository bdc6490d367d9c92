package io.socketserver.api;

import io.socketserver.api.Observer.Refusal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts what becomes of requests. */
final class Tally {

    private final LongAdder received = new LongAdder();
    private final LongAdder completed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder disconnected = new LongAdder();
    private final LongAdder closedAtGrace = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final Map<Refusal, LongAdder> refused = adders(Refusal.class);
    private final Map<TimeLimit, LongAdder> timedOut = adders(TimeLimit.class);

    void received() {
        received.increment();
    }

    void refused(Refusal reason) {
        Objects.requireNonNull(refused.get(reason)).increment();
    }

    void completed() {
        completed.increment();
    }

    void failed() {
        failed.increment();
    }

    void disconnected() {
        disconnected.increment();
    }

    void cutOff(CutOff why) {
        LongAdder counter = why.limit() == null ? closedAtGrace : timedOut.get(why.limit());
        Objects.requireNonNull(counter).increment();
    }

    /** A request will move no more bytes. */
    void moved(Request request) {
        bytesIn.add(request.bytesIn());
        bytesOut.add(request.bytesOut());
    }

    /** Joined with what those requests have moved that have not ended. */
    Statistics snapshot(InFlight inFlight) {
        InFlight.Moment now = inFlight.moment();
        return new Statistics(
                received.sum(),
                now.active(),
                completed.sum(),
                failed.sum(),
                disconnected.sum(),
                sums(timedOut),
                closedAtGrace.sum(),
                now.abandoned(),
                sums(refused),
                bytesIn.sum() + now.bytesIn(),
                bytesOut.sum() + now.bytesOut());
    }

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> keys) {
        Map<E, LongAdder> adders = new EnumMap<>(keys);
        for (E key : keys.getEnumConstants()) {
            adders.put(key, new LongAdder());
        }
        return adders;
    }

    private static <E extends Enum<E>> Map<E, Long> sums(Map<E, LongAdder> adders) {
        return adders.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().sum()));
    }
}
