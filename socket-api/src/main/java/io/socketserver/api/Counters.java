package io.socketserver.api;

import io.socketserver.api.Observer.Refusal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the accept loop takes and turns away. */
final class Counters {

    private final LongAdder received = new LongAdder();
    private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);

    Counters() {
        for (Refusal reason : Refusal.values()) {
            refused.put(reason, new LongAdder());
        }
    }

    void received() {
        received.increment();
    }

    void refused(Refusal reason) {
        Objects.requireNonNull(refused.get(reason)).increment();
    }

    /** Joined with the requests that went to the dispatcher, among which are those that it rejected. */
    Statistics snapshot(InFlight dispatched) {
        Map<Refusal, Long> byReason = new EnumMap<>(Refusal.class);
        refused.forEach((reason, count) -> byReason.put(reason, count.sum()));
        long handled = dispatched.ended() - byReason.getOrDefault(Refusal.REJECTED, 0L);
        return new Statistics(received.sum(), dispatched.active(), handled, byReason);
    }
}
