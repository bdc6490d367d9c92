package io.socketserver.samples.command;

import io.socketserver.api.Dispatcher;
import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.ServerBuilder;
import io.socketserver.api.framing.FramedHandler;
import io.socketserver.api.spi.MessageDispatcher;

/** What answers clients, and on which threads; closed when the server has ended. */
interface Served extends AutoCloseable {

    /** Makes a server of everything else. */
    <R extends Request> Server<R> complete(ServerBuilder<R> rest);

    @Override
    default void close() {}

    /**
     * Answers requests.
     *
     * @param strategy for the requests
     * @param handler answers them
     * @param end releases what the handler holds
     */
    record Requests(Dispatcher strategy, Handler<Request> handler, Runnable end) implements Served {

        @Override
        public <R extends Request> Server<R> complete(ServerBuilder<R> rest) {
            return rest.dispatch(strategy).handle(handler);
        }

        @Override
        public void close() {
            end.run();
        }
    }

    /**
     * Answers messages.
     *
     * @param strategy for the messages
     * @param handler answers them
     */
    record Messages(MessageDispatcher strategy, FramedHandler handler) implements Served {

        @Override
        public <R extends Request> Server<R> complete(ServerBuilder<R> rest) {
            return rest.dispatch(strategy).handle(handler);
        }
    }
}
