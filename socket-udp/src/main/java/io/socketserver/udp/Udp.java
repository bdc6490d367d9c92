package io.socketserver.udp;

import io.socketserver.api.DatagramClient;
import io.socketserver.api.spi.HostPort;
import java.io.IOException;

/**
 * Receives and sends over UDP.
 *
 * <pre>{@code
 * try (var server = Server.on(Udp.bind("localhost", 5353)).handle(request -> request.input().transferTo(request.output()))) {
 *     server.start();
 *     try (DatagramClient client = Udp.open("localhost", 5353)) {
 *         client.send("hello".getBytes(UTF_8));
 *         Datagram answer = client.receive(Duration.ofSeconds(5));
 *     }
 * }
 * }</pre>
 *
 * <p>A host is a name or a literal address, of IPv4 or IPv6. An endpoint receives on one address: that of IPv4 means
 * IPv4 alone; {@code "::"}, and no host at all, mean every address of both families where the system has both.
 * Thread-safe.
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
    public static UdpEndpoint bind(int port) throws IOException {
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
    public static UdpEndpoint bind(String host, int port) throws IOException {
        return bind(host, port, UdpOptions.defaults());
    }

    /**
     * Receives at an address; may block to look up the host.
     *
     * @param host the host, empty for every address of this machine
     * @param port the port, 0 to let the system pick one
     * @param options of the endpoint
     * @return a bound endpoint
     * @throws IllegalArgumentException if the port is not from 0 to 65535
     * @throws java.net.UnknownHostException if the host is not known
     * @throws java.net.BindException if the address is taken, not this machine's, or not allowed; the message names it
     * @throws IOException if the system has no socket to give, or does not know an option
     */
    public static UdpEndpoint bind(String host, int port, UdpOptions options) throws IOException {
        return UdpEndpoint.bind(new HostPort(host, port), options);
    }

    /**
     * Opens a client with default options.
     *
     * @param host the server's host, empty for this machine
     * @param port the server's port
     * @return the client
     * @throws IOException as {@link #open(String, int, UdpOptions)}
     */
    public static DatagramClient open(String host, int port) throws IOException {
        return open(host, port, UdpOptions.defaults());
    }

    /**
     * Opens a client, which sends to one server and receives from it alone; may block to look up the host. Python's
     * {@code connect} of a datagram socket.
     *
     * <p>Of a host with several addresses it is the first that the system has a route to; whether a server receives
     * there is not known. If none does, the system may find out after a datagram was sent: what the client does next,
     * sending or receiving, throws {@link java.net.PortUnreachableException} then, and the client is as before.
     *
     * <p>The members of a multicast group, and those that hear a broadcast, answer from addresses of their own; to
     * receive these answers, send by an {@linkplain #bind(int) endpoint}.
     *
     * @param host the server's host, empty for this machine
     * @param port the server's port
     * @param options of the client; the answers it receives are bounded by the maximum packet size as well
     * @return the client
     * @throws IllegalArgumentException if the port is not from 1 to 65535
     * @throws java.net.UnknownHostException if the host is not known
     * @throws java.net.ConnectException if there is no route to it; the message names it
     * @throws IOException if the system has no socket to give, or does not know an option
     */
    public static DatagramClient open(String host, int port, UdpOptions options) throws IOException {
        return UdpClient.open(new HostPort(host, port), options);
    }
}
