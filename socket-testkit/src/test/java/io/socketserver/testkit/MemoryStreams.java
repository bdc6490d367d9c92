package io.socketserver.testkit;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.StreamTransport;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Memory endpoints of streams by URI. */
final class MemoryStreams implements StreamTransport {

    private final Map<URI, MemoryEndpoint> endpoints = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();

    URI address() {
        return URI.create("memory:s" + count.incrementAndGet());
    }

    /** A client that resets its connection when it is closed. */
    Closeable resetting(Endpoint<Connection> server) throws IOException {
        return find(server.uri()).dial()::reset;
    }

    @Override
    public String scheme() {
        return "memory";
    }

    @Override
    public Endpoint<Connection> bind(URI uri) {
        MemoryEndpoint endpoint = MemoryEndpoint.bind(uri.getSchemeSpecificPart());
        endpoints.put(uri, endpoint);
        return endpoint;
    }

    @Override
    public Connection connect(URI uri, Duration timeout) throws IOException {
        return find(uri).connect();
    }

    private MemoryEndpoint find(URI uri) throws ConnectException {
        MemoryEndpoint endpoint = endpoints.get(uri);
        if (endpoint == null) {
            throw new ConnectException("nobody is at " + uri);
        }
        return endpoint;
    }
}
