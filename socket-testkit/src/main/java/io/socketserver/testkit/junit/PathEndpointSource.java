package io.socketserver.testkit.junit;

import io.socketserver.api.Endpoint;
import io.socketserver.api.Request;
import java.nio.file.Path;

/**
 * Binds an endpoint for each test at a path of the file system: {@code (Path path) -> Unix.bind(path)}.
 *
 * @param <R> the kind of request that arrives there
 */
@FunctionalInterface
public interface PathEndpointSource<R extends Request> {

    /**
     * Binds an endpoint; the server of the test owns it from then on.
     *
     * @param path where, in a folder that belongs to the test; nothing is there
     * @return a new endpoint
     * @throws Exception if it cannot be bound; the test fails then
     */
    Endpoint<R> bind(Path path) throws Exception;
}
