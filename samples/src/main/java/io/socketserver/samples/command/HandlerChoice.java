package io.socketserver.samples.command;

import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import io.socketserver.api.framing.FramedHandler;
import io.socketserver.samples.ChunkHandler;
import io.socketserver.samples.TimeServer;
import io.socketserver.samples.UpperServer;
import java.util.List;
import java.util.Locale;

/** The values of {@code --handler}. */
enum HandlerChoice {
    TIME(Time.class),
    UPPER(Upper.class),
    ECHO(Echo.class);

    private static final String FRAMING = "socketserver.framing";
    private static final String MAX_FRAME = "socketserver.max-frame";

    private final Class<? extends Handler<Request>> type;

    HandlerChoice(Class<? extends Handler<Request>> type) {
        this.type = type;
    }

    Handler<Request> handler(FramingChoice framing) {
        return framing.isNone() ? chunks() : messages(framing);
    }

    /** The same for messages; without framing, for what a read brings. */
    FramedHandler messages(FramingChoice framing) {
        return chunks().toMessages().over(framing.framing());
    }

    /** The same as a class, for a process that makes an instance of its own; {@link #options} tell it of the framing. */
    Class<? extends Handler<Request>> type() {
        return type;
    }

    static List<String> options(FramingChoice framing) {
        return List.of(
                "-D" + FRAMING + "=" + framing,
                "-D" + MAX_FRAME + "=" + framing.framing().maxMessage());
    }

    private ChunkHandler chunks() {
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

    private static class Named implements Handler<Request> {

        private final Handler<Request> handler;

        Named(HandlerChoice choice) {
            FramingChoice framing = FramingChoice.parse(System.getProperty(FRAMING, "none"));
            handler = choice.handler(framing.isNone() ? framing : framing.maxFrame(Integer.getInteger(MAX_FRAME)));
        }

        @Override
        public void handle(Request request) throws Exception {
            handler.handle(request);
        }
    }

    private static final class Time extends Named {
        Time() {
            super(TIME);
        }
    }

    private static final class Upper extends Named {
        Upper() {
            super(UPPER);
        }
    }

    private static final class Echo extends Named {
        Echo() {
            super(ECHO);
        }
    }
}
