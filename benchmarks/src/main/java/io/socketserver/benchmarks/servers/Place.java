package io.socketserver.benchmarks.servers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** Where a server listens: {@code tcp}, {@code udp}, or {@code unix:PATH}. */
record Place(String text) {

    /** Long enough for all clients of a benchmark that come at once. */
    static final int BACKLOG = 4096;

    private static final String UNIX = "unix:";

    boolean isUdp() {
        return text.equals("udp");
    }

    boolean isUnix() {
        return text.startsWith(UNIX);
    }

    Path path() {
        return Path.of(text.substring(UNIX.length()));
    }

    /** To be bound to; with a port that the system chooses. */
    SocketAddress address() {
        return isUnix()
                ? UnixDomainSocketAddress.of(path())
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Tells whoever has started the server that it is ready, and its port, 0 if it has none. */
    static void announce(SocketAddress bound) {
        System.out.println("listening on " + (bound instanceof InetSocketAddress address ? address.getPort() : 0));
    }
}
