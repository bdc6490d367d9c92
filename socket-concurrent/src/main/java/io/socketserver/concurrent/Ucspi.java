package io.socketserver.concurrent;

import io.socketserver.api.Connection;
import io.socketserver.api.Request;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Map;

/** The environment in which a command finds the addresses, as D. J. Bernstein's UCSPI has it. */
final class Ucspi {

    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "UNIX");

    private Ucspi() {}

    static void describe(Request request, Map<String, String> environment) {
        // What this process was itself started with would be a lie there.
        environment.keySet().removeIf(Ucspi::isOurs);
        SocketAddress local = request.localAddress();
        String protocol =
                local instanceof UnixDomainSocketAddress ? "UNIX" : request instanceof Connection ? "TCP" : "UDP";
        if (local instanceof UnixDomainSocketAddress || local instanceof InetSocketAddress) {
            environment.put("PROTO", protocol);
            put(environment, protocol + "LOCAL", local);
            put(environment, protocol + "REMOTE", request.remoteAddress());
        }
    }

    private static void put(Map<String, String> environment, String prefix, SocketAddress address) {
        if (address instanceof InetSocketAddress inet && !inet.isUnresolved()) {
            environment.put(prefix + "IP", inet.getAddress().getHostAddress());
            environment.put(prefix + "PORT", Integer.toString(inet.getPort()));
        } else if (address instanceof UnixDomainSocketAddress unix
                && !unix.getPath().toString().isEmpty()) {
            environment.put(prefix + "PATH", unix.getPath().toString());
        }
    }

    private static boolean isOurs(String name) {
        return name.equals("PROTO")
                || PROTOCOLS.stream()
                        .anyMatch(protocol ->
                                name.startsWith(protocol + "REMOTE") || name.startsWith(protocol + "LOCAL"));
    }
}
