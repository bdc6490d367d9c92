package io.socketserver.concurrent.model;

import io.socketserver.api.TimeSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Does what clients ask handlers for, and counts how many are served at once. */
final class Errands {

    private static final Map<String, Enum<?>> WORDS = Stream.<Enum<?>[]>of(Deed.values(), Errand.values())
            .flatMap(Arrays::stream)
            .collect(Collectors.toMap(Enum::name, Function.identity()));

    private final TimeSource time;
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    Errands(TimeSource time) {
        this.time = time;
    }

    void enter() {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
    }

    void leave() {
        now.decrementAndGet();
    }

    int mostAtOnce() {
        return most.get();
    }

    void run(String word, Client client) throws Exception {
        Enum<?> what = WORDS.get(word);
        if (what instanceof Deed deed) {
            deed.perform(client.server());
            client.answer();
        } else if (what instanceof Errand errand) {
            errand.run(client, time);
        }
    }
}
