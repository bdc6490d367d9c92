package third.party;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.StreamTransport;
import io.socketserver.tcp.Tcp;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** {@code loop:PORT}, a port of this machine and no other. */
public class LoopTransport implements StreamTransport {

    public LoopTransport() {}

    @Override
    public String scheme() {
        return "loop";
    }

    @Override
    public Endpoint<Connection> bind(URI uri) throws IOException {
        return Tcp.bind("127.0.0.1", port(uri));
    }

    @Override
    public Connection connect(URI uri, Duration timeout) throws IOException {
        return Tcp.connect("127.0.0.1", port(uri), timeout);
    }

    private static int port(URI uri) {
        return Integer.parseInt(uri.getSchemeSpecificPart());
    }
}
