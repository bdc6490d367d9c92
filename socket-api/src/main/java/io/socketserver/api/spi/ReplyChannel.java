package io.socketserver.api.spi;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * The way back to the senders of datagrams, as a transport's endpoint provides it. Thread-safe.
 */
@FunctionalInterface
public interface ReplyChannel {

    /**
     * Sends one datagram.
     *
     * @param payload its bytes, from position to limit; possibly none
     * @param to the address that a received datagram came from
     * @throws java.nio.channels.ClosedChannelException if the endpoint is closed
     * @throws IOException if the datagram cannot be sent
     */
    void send(ByteBuffer payload, SocketAddress to) throws IOException;
}
