package io.socketserver.concurrent;

import io.socketserver.api.Connection;
import io.socketserver.api.Dispatcher;
import io.socketserver.api.Server;
import io.socketserver.api.ServerBuilder;
import io.socketserver.api.framing.FramedHandler;
import java.util.Arrays;
import java.util.List;

/** Every way to serve messages. */
enum Serving {
    SEQUENTIAL {
        @Override
        Server<Connection> complete(ServerBuilder<Connection> builder, FramedHandler handler) {
            return builder.dispatch(Dispatcher.sequential()).handle(handler);
        }
    },
    THREADS {
        @Override
        Server<Connection> complete(ServerBuilder<Connection> builder, FramedHandler handler) {
            return builder.dispatch(Dispatchers.threads()).handle(handler);
        }
    },
    POOL {
        @Override
        Server<Connection> complete(ServerBuilder<Connection> builder, FramedHandler handler) {
            return builder.dispatch(Dispatchers.pool(2)).handle(handler);
        }
    },
    VIRTUAL_THREADS {
        @Override
        Server<Connection> complete(ServerBuilder<Connection> builder, FramedHandler handler) {
            return builder.dispatch(Dispatchers.virtualThreads()).handle(handler);
        }
    },
    EVENT_LOOP {
        @Override
        Server<Connection> complete(ServerBuilder<Connection> builder, FramedHandler handler) {
            return builder.dispatch(Dispatchers.eventLoop(EventLoopOptions.of(2)))
                    .handle(handler);
        }
    };

    abstract Server<Connection> complete(ServerBuilder<Connection> builder, FramedHandler handler);

    /** Those that this runtime has. */
    static List<Serving> available() {
        return Arrays.stream(values())
                .filter(serving -> serving != VIRTUAL_THREADS || VirtualThreads.available())
                .toList();
    }
}
