package io.socketserver.unix;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.DatagramTransport;
import java.io.IOException;
import java.net.URI;

/** What {@link io.socketserver.api.Transports} finds for {@code unixgram:}; programs use that, or {@link Unixgram}. */
public final class UnixgramTransport implements DatagramTransport {

    static final String SCHEME = "unixgram";

    /** Made by the service loader. */
    public UnixgramTransport() {}

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public Endpoint<Datagram> bind(URI uri) throws IOException {
        URI absolute = SocketPath.absolute(uri);
        return Unixgram.bind(SocketPath.of(absolute), UnixgramOptions.of(absolute));
    }

    @Override
    public DatagramClient open(URI uri) throws IOException {
        URI absolute = SocketPath.absolute(uri);
        return Unixgram.open(SocketPath.of(absolute), UnixgramOptions.of(absolute));
    }
}
