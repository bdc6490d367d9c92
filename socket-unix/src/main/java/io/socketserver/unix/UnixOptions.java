package io.socketserver.unix;

import io.socketserver.api.spi.UriOptions;
import java.net.URI;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Options of Unix endpoints and connections; immutable.
 *
 * <pre>{@code
 * Unix.bind(Path.of("/run/app.sock"), UnixOptions.defaults().mode("rw-rw----"));
 * }</pre>
 *
 * <p>In a URI's query they are named {@code backlog}, {@code mode} (in octal digits, such as {@code 660}), {@code
 * receive-buffer} and {@code send-buffer}.
 */
public final class UnixOptions {

    private static final UnixOptions DEFAULTS = new UnixOptions(1024, SocketMode.OWNER, 0, 0);

    private final int backlog;
    private final Set<PosixFilePermission> mode;
    private final int receiveBuffer;
    private final int sendBuffer;

    private UnixOptions(int backlog, Set<PosixFilePermission> mode, int receiveBuffer, int sendBuffer) {
        if (backlog < 1) {
            throw new IllegalArgumentException("a backlog must be 1 or more, not " + backlog);
        }
        this.backlog = backlog;
        this.mode = Set.copyOf(mode);
        this.receiveBuffer = notNegative("receive", receiveBuffer);
        this.sendBuffer = notNegative("send", sendBuffer);
    }

    /**
     * A backlog of 1024, for this user alone (mode 0600), buffers left to the system.
     *
     * @return the options to start from
     */
    public static UnixOptions defaults() {
        return DEFAULTS;
    }

    static UnixOptions of(URI uri) {
        return UriOptions.of(uri, DEFAULTS)
                .number("backlog", UnixOptions::backlog)
                .number("mode", (options, digits) -> options.mode(SocketMode.ofDigits(digits)))
                .number("receive-buffer", UnixOptions::receiveBuffer)
                .number("send-buffer", UnixOptions::sendBuffer)
                .end();
    }

    /**
     * How many connections the system keeps waiting to be accepted: Python's {@code request_queue_size}.
     *
     * @param connections at least 1; the system may have a lower limit of its own, on Linux {@code
     *     net.core.somaxconn}. 1024 by default
     * @return options with this set
     * @throws IllegalArgumentException if it is less than 1
     */
    public UnixOptions backlog(int connections) {
        return new UnixOptions(connections, mode, receiveBuffer, sendBuffer);
    }

    /**
     * Who may connect: those who may write to the socket's file, POSIX's mode of it.
     *
     * @param permissions as {@link PosixFilePermissions#fromString} has them. {@code rw-------} by default
     * @return options with this set
     * @throws IllegalArgumentException if it is not of that form
     */
    public UnixOptions mode(String permissions) {
        return mode(SocketMode.ofLetters(permissions));
    }

    /**
     * Who may connect, as {@link #mode(String)} says it.
     *
     * @param permissions of the socket's file
     * @return options with this set
     */
    public UnixOptions mode(Set<PosixFilePermission> permissions) {
        return new UnixOptions(backlog, permissions, receiveBuffer, sendBuffer);
    }

    /**
     * The size of the system's receive buffer of each connection: {@code SO_RCVBUF}. Linux takes no notice of it, since
     * what was sent stays in the sender's buffer.
     *
     * @param bytes 0, as by default, to leave it to the system
     * @return options with this set
     * @throws IllegalArgumentException if it is negative
     */
    public UnixOptions receiveBuffer(int bytes) {
        return new UnixOptions(backlog, mode, bytes, sendBuffer);
    }

    /**
     * The size of the system's send buffer of each connection: {@code SO_SNDBUF}.
     *
     * @param bytes 0, as by default, to leave it to the system
     * @return options with this set
     * @throws IllegalArgumentException if it is negative
     */
    public UnixOptions sendBuffer(int bytes) {
        return new UnixOptions(backlog, mode, receiveBuffer, bytes);
    }

    int backlog() {
        return backlog;
    }

    Set<PosixFilePermission> mode() {
        return mode;
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
