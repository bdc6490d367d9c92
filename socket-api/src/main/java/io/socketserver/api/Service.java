package io.socketserver.api;

/** What all requests of a server are handled with. */
record Service<R extends Request>(
        Handler<? super R> handler,
        Conclusion conclusion,
        InFlight inFlight,
        Deadlines deadlines,
        Dispatcher dispatcher) {}
