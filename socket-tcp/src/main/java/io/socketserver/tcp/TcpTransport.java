package io.socketserver.tcp;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.HostPort;
import io.socketserver.api.spi.StreamTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** What {@link io.socketserver.api.Transports} finds for {@code tcp:}; programs use that, or {@link Tcp}. */
public final class TcpTransport implements StreamTransport {

    static final String SCHEME = "tcp";

    /** Made by the service loader. */
    public TcpTransport() {}

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public Endpoint<Connection> bind(URI uri) throws IOException {
        return TcpEndpoint.bind(HostPort.of(uri), TcpOptions.of(uri));
    }

    @Override
    public Connection connect(URI uri, Duration timeout) throws IOException {
        return TcpConnect.connect(HostPort.of(uri), timeout, TcpOptions.of(uri));
    }
}
