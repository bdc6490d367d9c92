package io.socketserver.samples.command;

import io.socketserver.api.Handler;
import io.socketserver.api.Request;

/**
 * A handler, and what is to be done when it is needed no more.
 *
 * @param handler answers the requests
 * @param end releases what it holds
 */
record Served(Handler<Request> handler, Runnable end) implements AutoCloseable {

    @Override
    public void close() {
        end.run();
    }
}
