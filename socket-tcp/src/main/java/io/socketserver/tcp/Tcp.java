package io.socketserver.tcp;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.HostPort;
import java.io.IOException;
import java.time.Duration;

/**
 * Listens and connects over TCP.
 *
 * <p>A host is a name or a literal address, of IPv4 or IPv6. An endpoint listens on one address: that of IPv4 means
 * IPv4 alone; {@code "::"}, and no host at all, mean every address of both families where the system has both.
 * Thread-safe.
 */
public final class Tcp {

    private Tcp() {}

    /**
     * Listens on a port of every address of this machine.
     *
     * @param port the port, 0 to let the system pick one
     * @return a bound endpoint
     * @throws IOException as {@link #bind(String, int, TcpOptions)}
     */
    public static Endpoint<Connection> bind(int port) throws IOException {
        return bind("", port);
    }

    /**
     * Listens on an address with default options.
     *
     * @param host the host, empty for every address of this machine
     * @param port the port, 0 to let the system pick one
     * @return a bound endpoint
     * @throws IOException as {@link #bind(String, int, TcpOptions)}
     */
    public static Endpoint<Connection> bind(String host, int port) throws IOException {
        return bind(host, port, TcpOptions.defaults());
    }

    /**
     * Listens on an address; may block to look up the host.
     *
     * @param host the host, empty for every address of this machine
     * @param port the port, 0 to let the system pick one
     * @param options of the endpoint and of the connections it accepts
     * @return a bound endpoint
     * @throws java.net.UnknownHostException if the host is not known
     * @throws java.net.BindException if the address is taken, not this machine's, or not allowed; the message names it
     * @throws IOException if the system has no socket to give, or does not know an option
     */
    public static Endpoint<Connection> bind(String host, int port, TcpOptions options) throws IOException {
        return TcpEndpoint.bind(new HostPort(host, port), options);
    }

    /**
     * Connects with default options, trying as long as the system does.
     *
     * @param host a name or a literal address, empty for this machine
     * @param port where the server listens
     * @return the connection
     * @throws IOException as {@link #connect(String, int, Duration, TcpOptions)}
     */
    public static Connection connect(String host, int port) throws IOException {
        return connect(host, port, Duration.ZERO);
    }

    /**
     * Connects with default options.
     *
     * @param host a name or a literal address, empty for this machine
     * @param port where the server listens
     * @param timeout how long to try in all; zero for as long as the system does
     * @return the connection
     * @throws IOException as {@link #connect(String, int, Duration, TcpOptions)}
     */
    public static Connection connect(String host, int port, Duration timeout) throws IOException {
        return connect(host, port, timeout, TcpOptions.defaults());
    }

    /**
     * Connects to the first address of the host that answers; blocks. Python's {@code create_connection}.
     *
     * @param host the host, empty for this machine
     * @param port where the server listens
     * @param timeout how long to try in all; zero for as long as the system does
     * @param options of the connection
     * @return the connection
     * @throws java.net.UnknownHostException if the host is not known
     * @throws java.net.SocketTimeoutException if it takes too long
     * @throws java.net.ConnectException if no address of the host takes the connection; the message names the target
     * @throws IOException if the system has no socket to give, or does not know an option
     */
    public static Connection connect(String host, int port, Duration timeout, TcpOptions options) throws IOException {
        return TcpConnect.connect(new HostPort(host, port), timeout, options);
    }
}
