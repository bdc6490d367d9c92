package io.socketserver.udp;

import io.socketserver.api.Datagram;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.HostPort;
import java.io.IOException;

/**
 * Receives over UDP.
 *
 * <p>A host is a name or a literal address, of IPv4 or IPv6. An address of IPv4 means IPv4 alone; {@code "::"}, and no
 * host at all, mean every address of both families where the system has both. Thread-safe.
 */
public final class Udp {

    private Udp() {}

    /**
     * Receives on a port of every address of this machine.
     *
     * @param port the port, 0 to let the system pick one
     * @return a bound endpoint
     * @throws IOException as {@link #bind(String, int, UdpOptions)}
     */
    public static Endpoint<Datagram> bind(int port) throws IOException {
        return bind("", port);
    }

    /**
     * Receives at an address with default options.
     *
     * @param host the host, empty for every address of this machine
     * @param port the port, 0 to let the system pick one
     * @return a bound endpoint
     * @throws IOException as {@link #bind(String, int, UdpOptions)}
     */
    public static Endpoint<Datagram> bind(String host, int port) throws IOException {
        return bind(host, port, UdpOptions.defaults());
    }

    /**
     * Receives at an address; may block to look up the host.
     *
     * @param host the host, empty for every address of this machine
     * @param port the port, 0 to let the system pick one
     * @param options of the endpoint
     * @return a bound endpoint
     * @throws java.net.UnknownHostException if the host is not known
     * @throws java.net.BindException if the address is taken, not this machine's, or not allowed; the message names it
     * @throws IOException if the system has no socket to give
     */
    public static Endpoint<Datagram> bind(String host, int port, UdpOptions options) throws IOException {
        return UdpEndpoint.bind(new HostPort(host, port), options);
    }
}
