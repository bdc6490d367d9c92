package io.socketserver.tcp;

import io.socketserver.api.spi.UriOptions;
import java.net.URI;

/**
 * Options of TCP endpoints and connections; immutable.
 *
 * <pre>{@code
 * Tcp.bind("localhost", 8080, TcpOptions.defaults().backlog(100).keepAlive(true));
 * }</pre>
 *
 * <p>In a URI's query they are named {@code reuse-address}, {@code reuse-port}, {@code backlog}, {@code no-delay},
 * {@code keep-alive}, {@code receive-buffer} and {@code send-buffer}.
 */
public final class TcpOptions {

    private static final TcpOptions DEFAULTS = new TcpOptions();

    private boolean reuseAddress = true;
    private boolean reusePort;
    private int backlog = 1024;
    private boolean noDelay = true;
    private boolean keepAlive;
    private int receiveBuffer;
    private int sendBuffer;

    private TcpOptions() {}

    private TcpOptions(TcpOptions other) {
        reuseAddress = other.reuseAddress;
        reusePort = other.reusePort;
        backlog = other.backlog;
        noDelay = other.noDelay;
        keepAlive = other.keepAlive;
        receiveBuffer = other.receiveBuffer;
        sendBuffer = other.sendBuffer;
    }

    /**
     * Address reuse and no delay on, a backlog of 1024, everything else off or left to the system.
     *
     * @return the options to start from
     */
    public static TcpOptions defaults() {
        return DEFAULTS;
    }

    static TcpOptions of(URI uri) {
        return UriOptions.of(uri, DEFAULTS)
                .flag("reuse-address", TcpOptions::reuseAddress)
                .flag("reuse-port", TcpOptions::reusePort)
                .number("backlog", TcpOptions::backlog)
                .flag("no-delay", TcpOptions::noDelay)
                .flag("keep-alive", TcpOptions::keepAlive)
                .number("receive-buffer", TcpOptions::receiveBuffer)
                .number("send-buffer", TcpOptions::sendBuffer)
                .end();
    }

    /**
     * Whether an endpoint may bind an address whose earlier connections still linger: {@code SO_REUSEADDR}, Python's
     * {@code allow_reuse_address}.
     *
     * @param on true, as by default, to restart a server without waiting
     * @return options with this set
     */
    public TcpOptions reuseAddress(boolean on) {
        TcpOptions copy = new TcpOptions(this);
        copy.reuseAddress = on;
        return copy;
    }

    /**
     * Whether several endpoints may share a port, the system spreading connections over them: {@code SO_REUSEPORT},
     * Python's {@code allow_reuse_port}.
     *
     * @param on false by default
     * @return options with this set
     */
    public TcpOptions reusePort(boolean on) {
        TcpOptions copy = new TcpOptions(this);
        copy.reusePort = on;
        return copy;
    }

    /**
     * How many connections the system keeps waiting to be accepted: Python's {@code request_queue_size}.
     *
     * @param connections at least 1; the system may have a lower limit of its own, on Linux {@code
     *     net.core.somaxconn}. 1024 by default
     * @return options with this set
     * @throws IllegalArgumentException if it is less than 1
     */
    public TcpOptions backlog(int connections) {
        if (connections < 1) {
            throw new IllegalArgumentException("a backlog must be 1 or more, not " + connections);
        }
        TcpOptions copy = new TcpOptions(this);
        copy.backlog = connections;
        return copy;
    }

    /**
     * Whether small writes go out at once instead of being gathered by Nagle's algorithm: {@code TCP_NODELAY}.
     *
     * @param on true by default
     * @return options with this set
     */
    public TcpOptions noDelay(boolean on) {
        TcpOptions copy = new TcpOptions(this);
        copy.noDelay = on;
        return copy;
    }

    /**
     * Whether the system probes idle connections for a peer that has vanished: {@code SO_KEEPALIVE}.
     *
     * @param on false by default
     * @return options with this set
     */
    public TcpOptions keepAlive(boolean on) {
        TcpOptions copy = new TcpOptions(this);
        copy.keepAlive = on;
        return copy;
    }

    /**
     * The size of the system's receive buffer of each connection: {@code SO_RCVBUF}.
     *
     * @param bytes 0, as by default, to leave it to the system
     * @return options with this set
     * @throws IllegalArgumentException if it is negative
     */
    public TcpOptions receiveBuffer(int bytes) {
        TcpOptions copy = new TcpOptions(this);
        copy.receiveBuffer = notNegative("receive", bytes);
        return copy;
    }

    /**
     * The size of the system's send buffer of each connection: {@code SO_SNDBUF}.
     *
     * @param bytes 0, as by default, to leave it to the system
     * @return options with this set
     * @throws IllegalArgumentException if it is negative
     */
    public TcpOptions sendBuffer(int bytes) {
        TcpOptions copy = new TcpOptions(this);
        copy.sendBuffer = notNegative("send", bytes);
        return copy;
    }

    boolean reuseAddress() {
        return reuseAddress;
    }

    boolean reusePort() {
        return reusePort;
    }

    int backlog() {
        return backlog;
    }

    boolean noDelay() {
        return noDelay;
    }

    boolean keepAlive() {
        return keepAlive;
    }

    int receiveBuffer() {
        return receiveBuffer;
    }

    int sendBuffer() {
        return sendBuffer;
    }

    private static int notNegative(String which, int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "a " + which + " buffer must be 0 (the system's choice) or more bytes, not " + bytes);
        }
        return bytes;
    }
}
