package io.socketserver.unix;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.SocketStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Listens and connects on Unix domain sockets.
 *
 * <p>A path is one of the file system; a relative one is taken from the working directory, once. The system limits its
 * length, on Linux to 106 bytes from Java. Names of the abstract namespace are not to be had from the JDK. Thread-safe.
 */
public final class Unix {

    private Unix() {}

    /**
     * Listens at a path, for this user alone.
     *
     * @param path where the socket is to appear
     * @return a bound endpoint
     * @throws IOException as {@link #bind(Path, UnixOptions)}
     */
    public static Endpoint<Connection> bind(Path path) throws IOException {
        return bind(path, UnixOptions.defaults());
    }

    /**
     * Listens at a path.
     *
     * <p>The socket appears when it is complete: already listening, and with the mode asked for. To that end it is bound
     * in a directory of its own beside the path, which needs permission to write there, and a file system with hard
     * links. To clients, {@code getpeername} therefore shows that hidden name; {@link Endpoint#address()} and {@link
     * Connection#localAddress()} show the path.
     *
     * <p>What is at the path already is left alone, and binding fails, unless it is a socket whose server has ended. Of
     * several servers that replace such a socket at once, one succeeds. Servers that bind by other means are told apart
     * by asking them: one that has bound its socket but does not listen yet counts as ended; so does, on systems other
     * than Linux that refuse then, one whose backlog is full. The endpoint removes the socket when it ends, if it is
     * still its own; a process that is killed leaves it to the next one.
     *
     * @param path where the socket is to appear
     * @param options of the endpoint and of the connections it accepts
     * @return a bound endpoint
     * @throws java.net.BindException if the path is taken, too long, or not allowed; the message names it
     * @throws IOException if the system has no socket to give
     */
    public static Endpoint<Connection> bind(Path path, UnixOptions options) throws IOException {
        return UnixEndpoint.bind(path, options);
    }

    /**
     * Connects with default options; does not wait.
     *
     * @param path of the server's socket
     * @return the connection
     * @throws IOException as {@link #connect(Path, Duration, UnixOptions)}
     */
    public static Connection connect(Path path) throws IOException {
        return connect(path, Duration.ZERO);
    }

    /**
     * Connects with default options; does not wait.
     *
     * @param path of the server's socket
     * @param timeout without effect, since the answer comes at once; not negative
     * @return the connection
     * @throws IOException as {@link #connect(Path, Duration, UnixOptions)}
     */
    public static Connection connect(Path path, Duration timeout) throws IOException {
        return connect(path, timeout, UnixOptions.defaults());
    }

    /**
     * Connects to a server's socket; does not wait, since the system accepts or refuses at once.
     *
     * @param path of the server's socket; symbolic links are followed
     * @param timeout without effect, since the answer comes at once; not negative
     * @param options of the connection
     * @return the connection; its {@linkplain Connection#localAddress() local address} has an empty path
     * @throws BacklogFullException if the server keeps as many connections waiting as it can
     * @throws java.net.ConnectException if nobody listens there; the message names the path
     * @throws IOException if the system has no socket to give
     */
    public static Connection connect(Path path, Duration timeout, UnixOptions options) throws IOException {
        return UnixConnect.connect(path, timeout, options);
    }

    /**
     * Who is at the other end: {@code SO_PEERCRED}. Needs the module {@code jdk.net}.
     *
     * @param connection of a Unix socket, open
     * @return the names of the peer's user and group, as they were when it connected or began to listen
     * @throws IllegalArgumentException if it is not a connection of a Unix socket
     * @throws UnsupportedOperationException if the module {@code jdk.net} is missing, or the system cannot tell
     * @throws java.nio.channels.ClosedChannelException if it is closed
     * @throws IOException if the system fails
     */
    public static PeerCredentials peer(Connection connection) throws IOException {
        if (!(connection.channel() instanceof SocketStream stream)
                || !(stream.localAddress() instanceof UnixDomainSocketAddress)) {
            throw new IllegalArgumentException("only a connection of a Unix socket has credentials, not " + connection);
        }
        try {
            return UnixPeer.of(stream.channel());
        } catch (NoClassDefFoundError e) {
            throw new UnsupportedOperationException(
                    "the credentials of a peer need the module jdk.net: add it to the image, or by --add-modules", e);
        }
    }
}
