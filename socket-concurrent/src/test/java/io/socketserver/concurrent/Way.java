package io.socketserver.concurrent;

import io.socketserver.api.Connection;
import io.socketserver.api.Dispatcher;
import io.socketserver.api.Server;
import io.socketserver.api.ServerBuilder;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Ways of handling what clients ask: a strategy, and a handler of a kind that goes with it. */
enum Way {
    SEQUENTIAL(requests(Dispatcher::sequential)),
    THREADS(requests(Dispatchers::threads)),
    POOL(requests(() -> Dispatchers.pool(1))),
    VIRTUAL_THREADS(requests(Dispatchers::virtualThreads)),
    MESSAGES_ON_THREADS(task ->
            parts -> parts.dispatch(Dispatchers.threads()).handle(messages(task).over(Framing.lines()))),
    EVENT_LOOP(messages(1)),
    TWO_EVENT_LOOPS(messages(2));

    /** What is done for a client. */
    interface Task {

        /**
         * Does what a client asks for, after which the connection ends.
         *
         * @param line what that is
         * @param answers sends lines to the client
         */
        void handle(Connection connection, String line, Answers answers) throws Exception;
    }

    /** The way back. */
    interface Answers {
        void send(String line) throws IOException;
    }

    /** Completes a server. */
    private interface Completion extends Function<ServerBuilder<Connection>, Server<Connection>> {}

    @SuppressWarnings("ImmutableEnumChecker") // no lambda here has state
    private final Function<Task, Completion> completions;

    Way(Function<Task, Completion> completions) {
        this.completions = completions;
    }

    /** Completes a server with a dispatcher of its own. */
    Server<Connection> complete(ServerBuilder<Connection> parts, Task task) {
        return completions.apply(task).apply(parts);
    }

    boolean isEventLoop() {
        return this == EVENT_LOOP || this == TWO_EVENT_LOOPS;
    }

    /** Those that this runtime has. */
    static List<Way> available() {
        return Arrays.stream(values())
                .filter(way -> way != VIRTUAL_THREADS || VirtualThreads.available())
                .toList();
    }

    private static Function<Task, Completion> requests(Supplier<Dispatcher> dispatcher) {
        return task -> parts -> parts.dispatch(dispatcher.get())
                .handle(connection -> task.handle(connection, connection.readLine(), connection::writeLine));
    }

    private static Function<Task, Completion> messages(int loops) {
        return task -> parts -> parts.dispatch(Dispatchers.eventLoop(EventLoopOptions.of(loops)))
                .handle(messages(task).over(Framing.lines()));
    }

    private static MessageHandler messages(Task task) {
        return (message, replies) -> {
            String line = StandardCharsets.UTF_8.decode(message).toString();
            Connection connection = (Connection) replies.request();
            task.handle(connection, line, reply -> replies.send(reply.getBytes(StandardCharsets.UTF_8)));
            replies.end();
        };
    }
}
