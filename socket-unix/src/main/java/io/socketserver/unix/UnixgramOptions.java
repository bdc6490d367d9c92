package io.socketserver.unix;

import io.socketserver.api.spi.UriOptions;
import java.net.URI;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Options of endpoints and clients of Unix datagrams; immutable.
 *
 * <p>In a URI's query they are named {@code max-packet-size}, {@code mode} (in octal digits, such as {@code 660}),
 * {@code send-timeout} (in milliseconds), {@code receive-buffer} and {@code send-buffer}.
 */
public final class UnixgramOptions {

    /** The largest value of {@link #maxPacketSize(int)}: {@value} bytes. */
    public static final int LARGEST_PACKET = 1 << 24;

    private static final UnixgramOptions DEFAULTS = new UnixgramOptions(8192, SocketMode.OWNER, null, 0, 0);

    private final int maxPacketSize;
    private final Set<PosixFilePermission> mode;
    private final @Nullable Duration sendTimeout;
    private final int receiveBuffer;
    private final int sendBuffer;

    private UnixgramOptions(
            int maxPacketSize,
            Set<PosixFilePermission> mode,
            @Nullable Duration sendTimeout,
            int receiveBuffer,
            int sendBuffer) {
        this.maxPacketSize = inRange("a maximum packet size", maxPacketSize, 1, LARGEST_PACKET);
        this.mode = Set.copyOf(mode);
        this.sendTimeout = sendTimeout;
        this.receiveBuffer = inRange("a receive buffer", receiveBuffer, 0, Integer.MAX_VALUE);
        this.sendBuffer = inRange("a send buffer", sendBuffer, 0, Integer.MAX_VALUE);
    }

    /**
     * Packets of up to 8192 bytes, as in Python; for this user alone (mode 0600); buffers left to the system.
     *
     * @return the options to start from
     */
    public static UnixgramOptions defaults() {
        return DEFAULTS;
    }

    static UnixgramOptions of(URI uri) {
        return UriOptions.of(uri, DEFAULTS)
                .number("max-packet-size", UnixgramOptions::maxPacketSize)
                .number("mode", (options, digits) -> options.mode(SocketMode.ofDigits(digits)))
                .number("send-timeout", (options, millis) -> options.sendTimeout(Duration.ofMillis(millis)))
                .number("receive-buffer", UnixgramOptions::receiveBuffer)
                .number("send-buffer", UnixgramOptions::sendBuffer)
                .end();
    }

    /**
     * The longest payload to receive whole: Python's {@code max_packet_size}. Of a longer one the beginning is received,
     * and {@link io.socketserver.api.Datagram#truncated()} says so.
     *
     * @param bytes from 1 to {@link #LARGEST_PACKET}; 8192 by default
     * @return options with this set
     * @throws IllegalArgumentException if it is out of range
     */
    public UnixgramOptions maxPacketSize(int bytes) {
        return new UnixgramOptions(bytes, mode, sendTimeout, receiveBuffer, sendBuffer);
    }

    /**
     * Who may send: those who may write to the socket's file, POSIX's mode of it. A client whose server runs as another
     * user has to allow that user to answer.
     *
     * @param permissions as {@link PosixFilePermissions#fromString} has them. {@code rw-------} by default
     * @return options with this set
     * @throws IllegalArgumentException if it is not of that form
     */
    public UnixgramOptions mode(String permissions) {
        return mode(SocketMode.ofLetters(permissions));
    }

    /**
     * Who may send, as {@link #mode(String)} says it.
     *
     * @param permissions of the socket's file
     * @return options with this set
     */
    public UnixgramOptions mode(Set<PosixFilePermission> permissions) {
        return new UnixgramOptions(maxPacketSize, permissions, sendTimeout, receiveBuffer, sendBuffer);
    }

    /**
     * How long a send may wait while its receiver has as many datagrams waiting as it can hold.
     *
     * @param limit zero for not at all, which is an endpoint's default: a client that does not read its answers must not
     *     delay those of others. A client waits for 1 s by default
     * @return options with this set
     * @throws IllegalArgumentException if it is negative
     */
    public UnixgramOptions sendTimeout(Duration limit) {
        if (Objects.requireNonNull(limit, "limit").isNegative()) {
            throw new IllegalArgumentException("a send timeout must be zero (for no waiting) or more, not " + limit);
        }
        return new UnixgramOptions(maxPacketSize, mode, limit, receiveBuffer, sendBuffer);
    }

    /**
     * The size of the system's receive buffer: {@code SO_RCVBUF}. Linux limits the number of waiting datagrams instead,
     * by {@code net.unix.max_dgram_qlen}.
     *
     * @param bytes 0, as by default, to leave it to the system
     * @return options with this set
     * @throws IllegalArgumentException if it is negative
     */
    public UnixgramOptions receiveBuffer(int bytes) {
        return new UnixgramOptions(maxPacketSize, mode, sendTimeout, bytes, sendBuffer);
    }

    /**
     * The size of the system's send buffer, which also limits the length of a datagram: {@code SO_SNDBUF}.
     *
     * @param bytes 0, as by default, to leave it to the system
     * @return options with this set
     * @throws IllegalArgumentException if it is negative
     */
    public UnixgramOptions sendBuffer(int bytes) {
        return new UnixgramOptions(maxPacketSize, mode, sendTimeout, receiveBuffer, bytes);
    }

    int maxPacketSize() {
        return maxPacketSize;
    }

    Set<PosixFilePermission> mode() {
        return mode;
    }

    Duration sendTimeoutOr(Duration byDefault) {
        return sendTimeout == null ? byDefault : sendTimeout;
    }

    int receiveBuffer() {
        return receiveBuffer;
    }

    int sendBuffer() {
        return sendBuffer;
    }

    private static int inRange(String what, int bytes, int least, int most) {
        if (bytes < least || bytes > most) {
            throw new IllegalArgumentException(
                    what + " must be from " + least + " to " + most + " bytes, not " + bytes);
        }
        return bytes;
    }
}
