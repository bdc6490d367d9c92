package io.socketserver.api;

import io.socketserver.api.framing.FramedHandler;
import io.socketserver.api.spi.MessageDispatcher;
import java.util.Objects;

/**
 * Completes a server whose strategy is one for messages; made by {@link ServerBuilder#dispatch(MessageDispatcher)}, the
 * options of which come before.
 *
 * @param <R> the kind of request that the endpoint accepts
 */
public final class MessageServerBuilder<R extends Request> {

    private final ServerBuilder<R> parts;
    private final MessageDispatcher strategy;

    MessageServerBuilder(ServerBuilder<R> parts, MessageDispatcher strategy) {
        this.parts = parts;
        this.strategy = strategy;
    }

    /**
     * Completes the server.
     *
     * @param handler a {@linkplain io.socketserver.api.framing.MessageHandler#over handler of messages over a framing}
     * @return a server in state NEW
     */
    public Server<R> handle(FramedHandler handler) {
        Objects.requireNonNull(handler, "handler");
        return parts.dispatch(new MessageDispatching(strategy, handler)).handle(handler);
    }
}
