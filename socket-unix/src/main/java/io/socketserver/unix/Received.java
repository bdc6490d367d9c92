package io.socketserver.unix;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;

/**
 * A datagram as it came.
 *
 * @param payload its bytes
 * @param truncated whether it was longer
 * @param sender whose it is; {@link #UNKNOWN} if that cannot be told
 */
record Received(ByteBuffer payload, boolean truncated, SocketAddress sender) {

    /** The JDK's address of a socket without a name. */
    static final SocketAddress UNKNOWN = UnixDomainSocketAddress.of("");
}
