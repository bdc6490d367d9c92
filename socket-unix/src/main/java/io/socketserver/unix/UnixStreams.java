package io.socketserver.unix;

import io.socketserver.api.Connection;
import io.socketserver.api.spi.SocketStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** Makes a connection of a connected channel. */
final class UnixStreams {

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
            Connection connection = Connection.of(SocketStream.of(channel, local, remote));
            done = true;
            return connection;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }
}
