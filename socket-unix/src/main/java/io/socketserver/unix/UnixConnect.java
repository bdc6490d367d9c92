package io.socketserver.unix;

import io.socketserver.api.Connection;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The client's side. */
final class UnixConnect {

    private UnixConnect() {}

    static Connection connect(Path to, Duration timeout, UnixOptions options) throws IOException {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("a connect timeout must be zero (the system's) or more, not " + timeout);
        }
        Path path = SocketPath.absolute(to);
        String refusal = "cannot connect to " + SocketPath.toUri(UnixTransport.SCHEME, path) + ": ";
        if (!SocketPath.fits(path)) {
            throw new ConnectException(refusal + SocketPath.tooLong(path));
        }
        UnixDomainSocketAddress remote = UnixDomainSocketAddress.of(path);
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        boolean done = false;
        try {
            // Not blocking, since a full backlog would block without end; everything else is decided at once anyway.
            channel.configureBlocking(false);
            if (!channel.connect(remote)) {
                throw new ConnectException("the system did not decide at once");
            }
            channel.configureBlocking(true);
            Connection connection = UnixStreams.of(channel, channel.getLocalAddress(), remote, options);
            done = true;
            return connection;
        } catch (SocketException e) {
            throw named(refusal, path, e);
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    // The system's own words for a refusal fit a stale socket and a regular file alike, so the path is looked at.
    private static ConnectException named(String refusal, Path path, SocketException cause) throws IOException {
        ConnectException named;
        // Not what cannot be looked at.
        if (Files.notExists(path)) {
            named = new ConnectException(refusal + "there is no such file, so no server is running there");
        } else if (cause instanceof ConnectException) {
            Occupant found = Occupant.at(path.toRealPath());
            named = new ConnectException(refusal
                    + (found != null && !found.socket()
                            ? found.what() + " is there, not a socket"
                            : "the server that made the socket has ended: " + cause.getMessage()));
        } else if (full(cause)) {
            named = new BacklogFullException(refusal + "its backlog is full, so try again later");
        } else {
            named = new ConnectException(refusal + cause.getMessage());
        }
        named.initCause(cause);
        return named;
    }

    // EAGAIN has no exception of its own; in a language other than English it stays a ConnectException.
    private static boolean full(SocketException cause) {
        return "Resource temporarily unavailable".equals(cause.getMessage());
    }
}
