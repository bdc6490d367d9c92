package io.socketserver.api;

import io.socketserver.api.framing.FramedHandler;
import io.socketserver.api.spi.MessageDispatcher;

/** Puts what handles messages in the place of what runs handlers, so that all else is the same for both. */
final class MessageDispatching implements Dispatcher {

    private final MessageDispatcher strategy;
    private final FramedHandler handler;

    MessageDispatching(MessageDispatcher strategy, FramedHandler handler) {
        this.strategy = strategy;
        this.handler = handler;
    }

    @Override
    public void execute(Runnable task) {
        strategy.execute(new MessageRequest((RequestTask<?>) task, handler));
    }

    @Override
    public boolean blockOnClose() {
        return strategy.blockOnClose();
    }

    @Override
    public void close() {
        strategy.close();
    }
}
