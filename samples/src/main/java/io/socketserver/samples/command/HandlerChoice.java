package io.socketserver.samples.command;

import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import io.socketserver.samples.ChunkHandler;
import io.socketserver.samples.TimeServer;
import io.socketserver.samples.UpperServer;
import java.util.Locale;

/** The values of {@code --handler}. */
enum HandlerChoice {
    TIME(Time.class),
    UPPER(Upper.class),
    ECHO(Echo.class);

    private final Class<? extends Handler<Request>> type;

    HandlerChoice(Class<? extends Handler<Request>> type) {
        this.type = type;
    }

    Handler<Request> handler() {
        return switch (this) {
            case TIME -> TimeServer.handler();
            case UPPER -> UpperServer.handler();
            case ECHO -> echo();
        };
    }

    private static Handler<Request> echo() {
        return new ChunkHandler(chunk -> chunk);
    }

    /** The same as a class, for a process that makes an instance of its own. */
    Class<? extends Handler<Request>> type() {
        return type;
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static class Named implements Handler<Request> {

        private final Handler<Request> handler;

        Named(Handler<Request> handler) {
            this.handler = handler;
        }

        @Override
        public void handle(Request request) throws Exception {
            handler.handle(request);
        }
    }

    private static final class Time extends Named {
        Time() {
            super(TimeServer.handler());
        }
    }

    private static final class Upper extends Named {
        Upper() {
            super(UpperServer.handler());
        }
    }

    private static final class Echo extends Named {
        Echo() {
            super(echo());
        }
    }
}
