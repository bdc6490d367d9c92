package io.socketserver.unix;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Endpoint;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Receives and sends datagrams on Unix domain sockets: reliable and in order, but only within one machine.
 *
 * <p>The JDK has no such sockets, so this needs junixsocket 2.11: the modules {@code org.newsclub.net.unix} and {@code
 * com.kohlschutter.junixsocket.nativecommon}, named in module-info.java or by {@code --add-modules}, and from JDK 24 on
 * the option {@code
 * --enable-native-access=org.newsclub.net.unix}. Without them everything here throws {@link
 * io.socketserver.api.NoTransportException}.
 *
 * <p>A path is one of the file system; a relative one is taken from the working directory, once. Thread-safe. What this
 * library cannot do, and so cannot be done here:
 *
 * <ul>
 *   <li>The sender of an empty datagram is not known, so a server cannot answer it; and whether an empty datagram that is
 *       sent found the receiver's queue full is not known either.
 *   <li>A sender with a name in the abstract namespace cannot be answered, unless it is this library too.
 *   <li>Answers come from the hidden name that the server's socket was bound to, see {@link #bind(Path,
 *       UnixgramOptions)}; a client that compares names has to connect to the server instead, as {@link #open(Path)}
 *       does.
 * </ul>
 */
public final class Unixgram {

    private Unixgram() {}

    /**
     * Receives at a path, from this user alone.
     *
     * @param path where the socket is to appear
     * @return a bound endpoint
     * @throws IOException as {@link #bind(Path, UnixgramOptions)}
     */
    public static Endpoint<Datagram> bind(Path path) throws IOException {
        return bind(path, UnixgramOptions.defaults());
    }

    /**
     * Receives at a path.
     *
     * <p>The socket appears there, and leaves what is there alone, as {@link Unix#bind(Path, UnixOptions)} says. The
     * answer to a sender that has not bound its socket fails with {@link UnboundSenderException}; to one whose queue is
     * full, with {@link QueueFullException}; to one that has gone, with {@link
     * io.socketserver.api.DisconnectedException}.
     *
     * @param path where the socket is to appear
     * @param options of the endpoint
     * @return a bound endpoint
     * @throws io.socketserver.api.NoTransportException if junixsocket is missing
     * @throws java.net.BindException if the path is taken, too long, or not allowed; the message names it
     * @throws IOException if the system has no socket to give
     */
    public static Endpoint<Datagram> bind(Path path, UnixgramOptions options) throws IOException {
        Junixsocket.require();
        return UnixgramEndpoint.bind(path, options);
    }

    /**
     * Opens a socket for talking to a server with default options.
     *
     * @param path of the server's socket
     * @return a client; whether anybody receives there is not known yet
     * @throws IOException as {@link #open(Path, UnixgramOptions)}
     */
    public static DatagramClient open(Path path) throws IOException {
        return open(path, UnixgramOptions.defaults());
    }

    /**
     * Opens a socket for talking to a server.
     *
     * <p>It is bound to a path of its own in the directory {@code java.io.tmpdir}, so that it can be answered; closing
     * it removes that, and a process that is killed leaves it behind. A send fails with {@link java.net.ConnectException} while no server is there, and finds a new
     * one that has taken its place; it fails with {@link QueueFullException} if the server's queue is full for longer
     * than the send timeout.
     *
     * @param path of the server's socket; symbolic links are followed
     * @param options of the client
     * @return a client; whether anybody receives there is not known yet
     * @throws io.socketserver.api.NoTransportException if junixsocket is missing
     * @throws IOException if the system has no socket to give
     */
    public static DatagramClient open(Path path, UnixgramOptions options) throws IOException {
        Junixsocket.require();
        return UnixgramClient.open(path, options);
    }
}
