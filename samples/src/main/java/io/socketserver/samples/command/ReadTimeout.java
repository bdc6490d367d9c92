package io.socketserver.samples.command;

import io.socketserver.api.Connection;
import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import java.time.Duration;

/** Bounds how long a handler waits for its client to send something; a datagram has been sent already. */
final class ReadTimeout implements Handler<Request> {

    private final Handler<Request> handler;
    private final Duration limit;

    ReadTimeout(Handler<Request> handler, Duration limit) {
        this.handler = handler;
        this.limit = limit;
    }

    @Override
    public void handle(Request request) throws Exception {
        if (request instanceof Connection connection) {
            connection.readTimeout(limit);
        }
        handler.handle(request);
    }
}
