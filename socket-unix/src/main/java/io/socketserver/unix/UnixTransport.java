package io.socketserver.unix;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.StreamTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** What {@link io.socketserver.api.Transports} finds for {@code unix:}; programs use that, or {@link Unix}. */
public final class UnixTransport implements StreamTransport {

    static final String SCHEME = "unix";

    /** Made by the service loader. */
    public UnixTransport() {}

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public Endpoint<Connection> bind(URI uri) throws IOException {
        URI absolute = SocketPath.absolute(uri);
        return UnixEndpoint.bind(SocketPath.of(absolute), UnixOptions.of(absolute));
    }

    @Override
    public Connection connect(URI uri, Duration timeout) throws IOException {
        URI absolute = SocketPath.absolute(uri);
        return UnixConnect.connect(SocketPath.of(absolute), timeout, UnixOptions.of(absolute));
    }
}
