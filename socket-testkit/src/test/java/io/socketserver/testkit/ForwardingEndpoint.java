package io.socketserver.testkit;

import io.socketserver.api.Endpoint;
import io.socketserver.api.Request;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An endpoint that does what another does; a fault is a method overridden. */
class ForwardingEndpoint<R extends Request> implements Endpoint<R> {

    private final Endpoint<R> endpoint;

    ForwardingEndpoint(Endpoint<R> endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public @Nullable R accept(Duration timeout) throws IOException {
        return endpoint.accept(timeout);
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
