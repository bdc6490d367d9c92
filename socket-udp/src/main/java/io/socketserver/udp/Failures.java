package io.socketserver.udp;

import io.socketserver.api.DisconnectedException;
import io.socketserver.api.spi.HostPort;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;

/** Says of the system's failures what was to be done, and with which address. */
final class Failures {

    private Failures() {}

    static PortUnreachableException refused(SocketAddress by, PortUnreachableException cause) {
        PortUnreachableException named =
                new PortUnreachableException("nobody receives at " + text(by) + ": an earlier datagram was refused");
        named.initCause(cause);
        return named;
    }

    static BindException notBound(InetSocketAddress address, Exception cause) {
        BindException named = new BindException("cannot receive on " + text(address) + ": " + reason(cause));
        named.initCause(cause);
        return named;
    }

    static SocketException notSent(int size, SocketAddress to, boolean broadcast, IOException cause) {
        // The system says "permission denied" to a broadcast without the option.
        String hint = !broadcast && cause instanceof BindException
                ? " (to a broadcast address it needs the option broadcast)"
                : "";
        SocketException named =
                new SocketException("cannot send " + size + " bytes to " + text(to) + ": " + reason(cause) + hint);
        named.initCause(cause);
        return named;
    }

    /** A packet may say that it came from port 0, which is nobody's. */
    static IOException unanswerable(SocketAddress to, IOException cause) {
        return new DisconnectedException("cannot answer " + text(to) + ": nobody can receive at port 0", cause);
    }

    static IllegalArgumentException notAnAddress(SocketAddress to, IllegalArgumentException cause) {
        return new IllegalArgumentException(
                "cannot send to " + to
                        + ": expected a resolved address of a family that this socket has; one bound to an address of"
                        + " IPv4 has IPv4 alone",
                cause);
    }

    static String reason(Exception cause) {
        // The JDK's complaint of a family it has no sockets of has no message.
        return cause instanceof IllegalArgumentException
                ? "this Java has no sockets of its family"
                : String.valueOf(cause.getMessage());
    }

    private static String text(SocketAddress address) {
        return address instanceof InetSocketAddress inet && !inet.isUnresolved()
                ? HostPort.toUri(UdpTransport.SCHEME, inet).toString()
                : String.valueOf(address);
    }
}
