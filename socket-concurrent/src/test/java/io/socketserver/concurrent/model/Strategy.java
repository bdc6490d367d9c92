package io.socketserver.concurrent.model;

import io.socketserver.api.Dispatcher;
import io.socketserver.api.WhenFull;
import io.socketserver.concurrent.Dispatchers;
import io.socketserver.concurrent.PoolOptions;
import io.socketserver.concurrent.ThreadOptions;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** The dispatchers that a server may have. */
enum Strategy {
    SEQUENTIAL(Dispatcher::sequential),
    THREADS(Dispatchers::threads),
    UNAWAITED_THREADS(
            () -> Dispatchers.threads(ThreadOptions.defaults().daemon(true).blockOnClose(false))),
    POOL(() -> Dispatchers.pool(2)),
    REFUSING_POOL(() -> Dispatchers.pool(PoolOptions.of(1).queue(1).whenFull(WhenFull.REFUSE))),
    VIRTUAL_THREADS(Dispatchers::virtualThreads);

    @SuppressWarnings("ImmutableEnumChecker") // no lambda here has state
    private final Supplier<Dispatcher> dispatcher;

    Strategy(Supplier<Dispatcher> dispatcher) {
        this.dispatcher = dispatcher;
    }

    Dispatcher create() {
        return dispatcher.get();
    }

    /** Those that this runtime has. */
    static List<Strategy> available() {
        return Arrays.stream(values())
                .filter(strategy ->
                        strategy != VIRTUAL_THREADS || Runtime.version().feature() >= 21)
                .toList();
    }
}
