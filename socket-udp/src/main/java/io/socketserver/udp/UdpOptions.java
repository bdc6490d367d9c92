package io.socketserver.udp;

import io.socketserver.api.spi.UriOptions;
import java.net.URI;

/**
 * Options of UDP endpoints; immutable.
 *
 * <p>In a URI's query they are named {@code max-packet-size}, {@code receive-buffer} and {@code send-buffer}.
 */
public final class UdpOptions {

    /** The longest payload that UDP can carry, over IPv4: {@value} bytes. */
    public static final int LARGEST_PACKET = 65_507;

    private static final UdpOptions DEFAULTS = new UdpOptions(8192, 0, 0);

    private final int maxPacketSize;
    private final int receiveBuffer;
    private final int sendBuffer;

    private UdpOptions(int maxPacketSize, int receiveBuffer, int sendBuffer) {
        this.maxPacketSize = inRange("a maximum packet size", maxPacketSize, 1, LARGEST_PACKET);
        this.receiveBuffer = inRange("a receive buffer", receiveBuffer, 0, Integer.MAX_VALUE);
        this.sendBuffer = inRange("a send buffer", sendBuffer, 0, Integer.MAX_VALUE);
    }

    /**
     * Packets of up to 8192 bytes, as in Python; buffers left to the system.
     *
     * @return the options to start from
     */
    public static UdpOptions defaults() {
        return DEFAULTS;
    }

    static UdpOptions of(URI uri) {
        return UriOptions.of(uri, DEFAULTS)
                .number("max-packet-size", UdpOptions::maxPacketSize)
                .number("receive-buffer", UdpOptions::receiveBuffer)
                .number("send-buffer", UdpOptions::sendBuffer)
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
    public UdpOptions maxPacketSize(int bytes) {
        return new UdpOptions(bytes, receiveBuffer, sendBuffer);
    }

    /**
     * The size of the system's receive buffer, in which packets wait to be accepted: {@code SO_RCVBUF}.
     *
     * @param bytes 0, as by default, to leave it to the system
     * @return options with this set
     * @throws IllegalArgumentException if it is negative
     */
    public UdpOptions receiveBuffer(int bytes) {
        return new UdpOptions(maxPacketSize, bytes, sendBuffer);
    }

    /**
     * The size of the system's send buffer: {@code SO_SNDBUF}.
     *
     * @param bytes 0, as by default, to leave it to the system
     * @return options with this set
     * @throws IllegalArgumentException if it is negative
     */
    public UdpOptions sendBuffer(int bytes) {
        return new UdpOptions(maxPacketSize, receiveBuffer, bytes);
    }

    int maxPacketSize() {
        return maxPacketSize;
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
