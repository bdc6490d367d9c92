package io.socketserver.concurrent;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An endpoint that accepts something else for the first that comes. */
final class ReplacedFirst implements Endpoint<Connection> {

    private final Endpoint<Connection> endpoint;
    private @Nullable Connection replacement;

    ReplacedFirst(Endpoint<Connection> endpoint, Connection replacement) {
        this.endpoint = endpoint;
        this.replacement = replacement;
    }

    @Override
    public @Nullable Connection accept(Duration timeout) throws IOException {
        Connection accepted = endpoint.accept(timeout);
        Connection other = replacement;
        if (accepted == null || other == null) {
            return accepted;
        }
        replacement = null;
        return other;
    }

    @Override
    public void wakeup() {
        endpoint.wakeup();
    }

    @Override
    public void stopAccepting() throws IOException {
        endpoint.stopAccepting();
    }

    @Override
    public SocketAddress address() {
        return endpoint.address();
    }

    @Override
    public URI uri() {
        return endpoint.uri();
    }

    @Override
    public void close() throws IOException {
        endpoint.close();
    }
}
