package io.socketserver.tcp;

import io.socketserver.api.Connection;
import io.socketserver.api.spi.SocketStream;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** Turns a connected socket into a connection, with the options it was asked to have. */
final class TcpConnection {

    private TcpConnection() {}

    /** Takes over a connected socket; closes it if that fails. */
    static Connection of(SocketChannel channel, TcpOptions options) throws IOException {
        boolean done = false;
        try {
            if (options.noDelay()) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            if (options.keepAlive()) {
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            }
            if (options.sendBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBuffer());
            }
            Connection connection =
                    Connection.of(SocketStream.of(channel, channel.getLocalAddress(), channel.getRemoteAddress()));
            done = true;
            return connection;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }
}
