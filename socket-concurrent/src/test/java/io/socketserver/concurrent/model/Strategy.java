package io.socketserver.concurrent.model;

import io.socketserver.api.Connection;
import io.socketserver.api.Dispatcher;
import io.socketserver.api.Server;
import io.socketserver.api.ServerBuilder;
import io.socketserver.api.WhenFull;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.concurrent.Dispatchers;
import io.socketserver.concurrent.EventLoopOptions;
import io.socketserver.concurrent.PoolOptions;
import io.socketserver.concurrent.ThreadOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** The dispatchers that a server may have, each with a handler of its kind. */
enum Strategy {
    SEQUENTIAL(Dispatcher::sequential),
    THREADS(Dispatchers::threads),
    UNAWAITED_THREADS(
            () -> Dispatchers.threads(ThreadOptions.defaults().daemon(true).blockOnClose(false))),
    POOL(() -> Dispatchers.pool(2)),
    REFUSING_POOL(() -> Dispatchers.pool(PoolOptions.of(1).queue(1).whenFull(WhenFull.REFUSE))),
    VIRTUAL_THREADS(Dispatchers::virtualThreads),
    EVENT_LOOP(EventLoopOptions.of(1)),
    TWO_EVENT_LOOPS(EventLoopOptions.of(2)),
    UNAWAITED_EVENT_LOOP(EventLoopOptions.of(1).daemon(true).blockOnClose(false));

    /** Completes a server. */
    private interface Way {
        Server<Connection> complete(ServerBuilder<Connection> parts, Tasks tasks, Errands errands, Duration patience);
    }

    @SuppressWarnings("ImmutableEnumChecker") // no lambda here has state
    private final Way way;

    private final boolean ofMessages;

    Strategy(Supplier<Dispatcher> dispatcher) {
        way = (parts, tasks, errands, patience) ->
                parts.dispatch(new Watched(dispatcher.get(), tasks)).handle(new Handling(errands, patience));
        ofMessages = false;
    }

    Strategy(EventLoopOptions options) {
        way = (parts, tasks, errands, patience) -> parts.dispatch(
                        new WatchedMessages(Dispatchers.eventLoop(options), tasks))
                .handle(MessageHandler.perConversation(() -> new Talking(errands))
                        .over(Framing.lines()));
        ofMessages = true;
    }

    /**
     * Completes a server.
     *
     * @param patience how long a handler that has a thread to itself waits for its client; zero for ever
     */
    Server<Connection> complete(ServerBuilder<Connection> parts, Tasks tasks, Errands errands, Duration patience) {
        return way.complete(parts, tasks, errands, patience);
    }

    /** Whether handlers are handed messages, and so have no time-outs of their own. */
    boolean isOfMessages() {
        return ofMessages;
    }

    /** Those that this runtime has. */
    static List<Strategy> available() {
        return Arrays.stream(values())
                .filter(strategy ->
                        strategy != VIRTUAL_THREADS || Runtime.version().feature() >= 21)
                .toList();
    }
}
