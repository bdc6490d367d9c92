package io.socketserver.samples.command;

import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import io.socketserver.samples.ChunkHandler;
import io.socketserver.samples.TimeServer;
import io.socketserver.samples.UpperServer;
import java.util.Locale;

/** The values of {@code --handler}. */
enum HandlerChoice {
    TIME,
    UPPER,
    ECHO;

    Handler<Request> handler() {
        return switch (this) {
            case TIME -> TimeServer.handler();
            case UPPER -> UpperServer.handler();
            case ECHO -> new ChunkHandler(chunk -> chunk);
        };
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
