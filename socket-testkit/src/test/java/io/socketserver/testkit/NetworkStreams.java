package io.socketserver.testkit;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.StreamTransport;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Endpoints of streams on a network, by URI. */
final class NetworkStreams implements StreamTransport {

    private final Network network;
    private final AtomicLong count = new AtomicLong();

    NetworkStreams(Network network) {
        this.network = network;
    }

    URI address() {
        return URI.create("memory:s" + count.incrementAndGet());
    }

    /** A client that resets its connection when it is closed. */
    Closeable resetting(Endpoint<Connection> server) throws IOException {
        MemoryChannel channel =
                (MemoryChannel) connect(server.uri(), Duration.ZERO).channel();
        return channel::reset;
    }

    @Override
    public String scheme() {
        return "memory";
    }

    @Override
    public Endpoint<Connection> bind(URI uri) throws IOException {
        return network.bind(uri.getSchemeSpecificPart());
    }

    @Override
    public Connection connect(URI uri, Duration timeout) throws IOException {
        return network.connect(uri.getSchemeSpecificPart());
    }
}
