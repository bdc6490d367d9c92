package io.socketserver.unix;

import io.socketserver.api.Datagram;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Endpoint;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.ConnectionRefusedSocketException;

/** A server's socket of datagrams. */
final class UnixgramEndpoint implements Endpoint<Datagram> {

    private final GramSocket socket;
    private final GramSender sender;
    private final SocketFile file;
    private final UnixDomainSocketAddress address;

    private UnixgramEndpoint(GramSocket socket, GramSender sender, SocketFile file, UnixDomainSocketAddress address) {
        this.socket = socket;
        this.sender = sender;
        this.file = file;
        this.address = address;
    }

    static UnixgramEndpoint bind(Path at, UnixgramOptions options) throws IOException {
        Path path = SocketPath.absolute(at);
        GramSocket socket = GramSocket.open(options);
        boolean done = false;
        try {
            GramSender sender = new GramSender(socket.channel(), options.sendTimeoutOr(Duration.ZERO));
            SocketFile file = SocketFile.publish(
                    "cannot receive on " + SocketPath.toUri(UnixgramTransport.SCHEME, path) + ": ",
                    path,
                    options.mode(),
                    socket::bind);
            UnixgramEndpoint endpoint = new UnixgramEndpoint(socket, sender, file, UnixDomainSocketAddress.of(path));
            done = true;
            return endpoint;
        } finally {
            if (!done) {
                socket.close();
            }
        }
    }

    @Override
    public @Nullable Datagram accept(Duration timeout) throws IOException {
        Received received = socket.receive(timeout);
        return received == null
                ? null
                : Datagram.of(received.payload(), received.truncated(), received.sender(), address, this::send);
    }

    private void send(ByteBuffer payload, SocketAddress to) throws IOException {
        if (to.equals(Received.UNKNOWN)) {
            throw new UnboundSenderException();
        }
        try {
            sender.send(payload, GramSocket.target(to));
        } catch (SocketException e) {
            throw explained(to, e);
        }
    }

    private static IOException explained(SocketAddress to, SocketException cause) {
        boolean refused = cause instanceof ConnectionRefusedSocketException;
        if (to instanceof UnixDomainSocketAddress named) {
            return refused || !Files.exists(named.getPath())
                    ? new DisconnectedException("the datagram's sender, " + to + ", has gone", cause)
                    : cause;
        }
        // The library pads such a name with zeros, which makes it another one.
        return refused
                ? new IOException(
                        "the datagram's sender has gone, or cannot be answered since its name, " + to
                                + ", is in the abstract namespace",
                        cause)
                : cause;
    }

    @Override
    public void wakeup() {
        socket.wakeup();
    }

    @Override
    public void stopAccepting() {
        socket.stop();
    }

    @Override
    public UnixDomainSocketAddress address() {
        return address;
    }

    @Override
    public URI uri() {
        return SocketPath.toUri(UnixgramTransport.SCHEME, address.getPath());
    }

    @Override
    public void close() throws IOException {
        socket.stop();
        // The name first: as long as the socket is open, nobody takes the name for a stale one.
        try (socket;
                sender) {
            file.remove();
        }
    }

    @Override
    public String toString() {
        return uri().toString();
    }
}
