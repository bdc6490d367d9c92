package io.socketserver.udp;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.DatagramTransport;
import io.socketserver.api.spi.HostPort;
import java.io.IOException;
import java.net.URI;

/** What {@link io.socketserver.api.Transports} finds for {@code udp:}; programs use that, or {@link Udp}. */
public final class UdpTransport implements DatagramTransport {

    static final String SCHEME = "udp";

    /** Made by the service loader. */
    public UdpTransport() {}

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public Endpoint<Datagram> bind(URI uri) throws IOException {
        return UdpEndpoint.bind(HostPort.of(uri), UdpOptions.of(uri));
    }

    @Override
    public DatagramClient open(URI uri) throws IOException {
        return UdpClient.open(HostPort.of(uri), UdpOptions.of(uri));
    }
}
