package io.socketserver.unix;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.Readiness;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A listening socket. */
final class UnixEndpoint implements Endpoint<Connection> {

    private final ServerSocketChannel channel;
    private final Readiness readiness;
    private final SocketFile file;
    private final UnixOptions options;
    private final UnixDomainSocketAddress address;

    private UnixEndpoint(
            ServerSocketChannel channel,
            Readiness readiness,
            SocketFile file,
            UnixDomainSocketAddress address,
            UnixOptions options) {
        this.channel = channel;
        this.readiness = readiness;
        this.file = file;
        this.address = address;
        this.options = options;
    }

    static UnixEndpoint bind(Path at, UnixOptions options) throws IOException {
        Path path = SocketPath.absolute(at);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Readiness readiness = null;
        boolean done = false;
        try {
            readiness = Readiness.of(channel, SelectionKey.OP_ACCEPT);
            SocketFile file = SocketFile.publish(
                    "cannot listen on " + SocketPath.toUri(UnixTransport.SCHEME, path) + ": ",
                    path,
                    options.mode(),
                    hidden -> channel.bind(UnixDomainSocketAddress.of(hidden), options.backlog()));
            UnixEndpoint endpoint =
                    new UnixEndpoint(channel, readiness, file, UnixDomainSocketAddress.of(path), options);
            done = true;
            return endpoint;
        } finally {
            if (!done) {
                if (readiness != null) {
                    readiness.close();
                }
                channel.close();
            }
        }
    }

    @Override
    public @Nullable Connection accept(Duration timeout) throws IOException {
        // Asked first without waiting: under load there is no need to select.
        SocketChannel accepted = channel.accept();
        if (accepted == null) {
            readiness.await(timeout);
            accepted = channel.accept();
        }
        return accepted == null ? null : connection(accepted);
    }

    // The channel's own idea of its address is the private path that it was bound to.
    private Connection connection(SocketChannel accepted) throws IOException {
        boolean done = false;
        try {
            Connection connection = UnixStreams.of(accepted, address, accepted.getRemoteAddress(), options);
            done = true;
            return connection;
        } finally {
            if (!done) {
                accepted.close();
            }
        }
    }

    @Override
    public void wakeup() {
        readiness.wakeup();
    }

    @Override
    public void stopAccepting() throws IOException {
        close();
    }

    @Override
    public UnixDomainSocketAddress address() {
        return address;
    }

    @Override
    public URI uri() {
        return SocketPath.toUri(UnixTransport.SCHEME, address.getPath());
    }

    @Override
    public void close() throws IOException {
        // The name first: as long as the socket is open, nobody takes the name for a stale one.
        try (readiness) {
            file.remove();
        }
    }

    @Override
    public String toString() {
        return uri().toString();
    }
}
