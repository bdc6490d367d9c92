package io.socketserver.testkit.junit;

import io.socketserver.api.Endpoint;
import io.socketserver.api.Request;

/**
 * Binds an endpoint for each test, on any transport: {@code () -> Tcp.bind("localhost", 0)}.
 *
 * @param <R> the kind of request that arrives there
 */
@FunctionalInterface
public interface EndpointSource<R extends Request> {

    /**
     * Binds an endpoint; the server of the test owns it from then on.
     *
     * @return a new endpoint
     * @throws Exception if it cannot be bound; the test fails then
     */
    Endpoint<R> bind() throws Exception;
}
