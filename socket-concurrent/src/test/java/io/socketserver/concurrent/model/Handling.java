package io.socketserver.concurrent.model;

import io.socketserver.api.Connection;
import io.socketserver.api.Handler;
import io.socketserver.api.TimeSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Does what clients ask for, and counts how much of that goes on at once. */
final class Handling implements Handler<Connection> {

    private static final Map<String, Enum<?>> WORDS = Stream.<Enum<?>[]>of(Deed.values(), Errand.values())
            .flatMap(Arrays::stream)
            .collect(Collectors.toMap(Enum::name, Function.identity()));

    private final TimeSource time;
    private final Duration patience;
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /**
     * Makes one.
     *
     * @param patience how long it waits for its client to ask; zero for as long as the server lets it
     */
    Handling(TimeSource time, Duration patience) {
        this.time = time;
        this.patience = patience;
    }

    @Override
    public void handle(Connection connection) throws Exception {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        try {
            if (!patience.isZero()) {
                connection.readTimeout(patience);
            }
            String line = connection.readLine();
            if (line != null) {
                answer(WORDS.get(line), connection);
            }
        } finally {
            now.decrementAndGet();
        }
    }

    int mostAtOnce() {
        return most.get();
    }

    private void answer(Enum<?> word, Connection connection) throws Exception {
        if (word instanceof Deed deed) {
            deed.perform(connection.server().orElseThrow());
            Errand.answer(connection);
        } else if (word instanceof Errand errand) {
            errand.run(connection, time);
        }
    }
}
