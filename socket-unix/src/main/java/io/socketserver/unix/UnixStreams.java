package io.socketserver.unix;

import io.socketserver.api.Connection;
import io.socketserver.api.spi.SocketStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** Makes a connection of a connected channel. */
final class UnixStreams {

    private static final Logger LOG = System.getLogger("io.socketserver");

    private UnixStreams() {}

    /** Takes over the channel; closes it if that fails. */
    static Connection of(SocketChannel channel, SocketAddress local, SocketAddress remote, UnixOptions options)
            throws IOException {
        boolean done = false;
        try {
            if (options.receiveBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBuffer());
            }
            if (options.sendBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBuffer());
            }
            Connection connection = Connection.of(SocketStream.of(channel, local, remote, () -> user(channel, remote)));
            done = true;
            return connection;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    // Addresses of clients are all the same, empty; users are not, where the system can tell them.
    private static Object user(SocketChannel channel, SocketAddress remote) {
        try {
            return UnixPeer.of(channel).user();
        } catch (IOException | UnsupportedOperationException | NoClassDefFoundError e) {
            LOG.log(Level.DEBUG, "the user of a peer is unknown, so it is counted with the others", e);
            return remote;
        }
    }
}
