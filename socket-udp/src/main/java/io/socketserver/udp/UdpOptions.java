package io.socketserver.udp;

import io.socketserver.api.spi.UriOptions;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Options of UDP endpoints and clients; immutable.
 *
 * <pre>{@code
 * Udp.bind("localhost", 5353, UdpOptions.defaults().maxPacketSize(1500).receiveBuffer(4 << 20));
 * }</pre>
 *
 * <p>In a URI's query they are named {@code max-packet-size}, {@code receive-buffer}, {@code send-buffer}, {@code
 * reuse-address}, {@code reuse-port}, {@code broadcast}, {@code multicast-ttl} and {@code multicast-loopback}. The
 * multicast interface, and the groups to join, are objects of this machine and are given in Java alone.
 */
public final class UdpOptions {

    /** The longest payload that UDP can carry, over IPv4: {@value} bytes. */
    public static final int LARGEST_PACKET = 65_507;

    private static final UdpOptions DEFAULTS = new UdpOptions();

    private int maxPacketSize = 8192;
    private int receiveBuffer;
    private int sendBuffer;
    private boolean reuseAddress;
    private boolean reusePort;
    private boolean broadcast;
    private int multicastTtl = 1;
    private boolean multicastLoopback = true;
    private @Nullable NetworkInterface multicastInterface;

    private UdpOptions() {}

    private UdpOptions(UdpOptions other) {
        maxPacketSize = other.maxPacketSize;
        receiveBuffer = other.receiveBuffer;
        sendBuffer = other.sendBuffer;
        reuseAddress = other.reuseAddress;
        reusePort = other.reusePort;
        broadcast = other.broadcast;
        multicastTtl = other.multicastTtl;
        multicastLoopback = other.multicastLoopback;
        multicastInterface = other.multicastInterface;
    }

    /**
     * Packets of up to 8192 bytes, as in Python; multicasts that stay in the local network and are seen by this machine
     * too; everything else off or left to the system.
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
                .flag("reuse-address", UdpOptions::reuseAddress)
                .flag("reuse-port", UdpOptions::reusePort)
                .flag("broadcast", UdpOptions::broadcast)
                .number("multicast-ttl", UdpOptions::multicastTtl)
                .flag("multicast-loopback", UdpOptions::multicastLoopback)
                .end();
    }

    /**
     * The longest payload to receive whole: Python's {@code max_packet_size}. Of a longer one the beginning is received,
     * and {@link io.socketserver.api.Datagram#truncated()} says so; a server refuses it unless told otherwise.
     *
     * @param bytes from 1 to {@link #LARGEST_PACKET}; 8192 by default
     * @return options with this set
     * @throws IllegalArgumentException if it is out of range
     */
    public UdpOptions maxPacketSize(int bytes) {
        UdpOptions copy = new UdpOptions(this);
        copy.maxPacketSize = inRange("a maximum packet size", bytes, 1, LARGEST_PACKET, "bytes");
        return copy;
    }

    /**
     * The size of the system's receive buffer, in which packets wait to be accepted: {@code SO_RCVBUF}. What finds it
     * full is lost, so a server that is to outlive bursts wants it large.
     *
     * @param bytes 0, as by default, to leave it to the system, which may also have an upper limit: on Linux {@code
     *     net.core.rmem_max}
     * @return options with this set
     * @throws IllegalArgumentException if it is negative
     */
    public UdpOptions receiveBuffer(int bytes) {
        UdpOptions copy = new UdpOptions(this);
        copy.receiveBuffer = inRange("a receive buffer", bytes, 0, Integer.MAX_VALUE, "bytes");
        return copy;
    }

    /**
     * The size of the system's send buffer: {@code SO_SNDBUF}. Sending waits while it is full.
     *
     * @param bytes 0, as by default, to leave it to the system, which may also have an upper limit
     * @return options with this set
     * @throws IllegalArgumentException if it is negative
     */
    public UdpOptions sendBuffer(int bytes) {
        UdpOptions copy = new UdpOptions(this);
        copy.sendBuffer = inRange("a send buffer", bytes, 0, Integer.MAX_VALUE, "bytes");
        return copy;
    }

    /**
     * Whether endpoints that all say so may bind the same address: {@code SO_REUSEADDR}, Python's {@code
     * allow_reuse_address}. Each of them then receives every multicast, but only one of them, which the system chooses,
     * any other packet; so this is for receivers of multicasts. Not for clients.
     *
     * @param on false by default: UDP has no lingering addresses that a restarted server would need it for
     * @return options with this set
     */
    public UdpOptions reuseAddress(boolean on) {
        UdpOptions copy = new UdpOptions(this);
        copy.reuseAddress = on;
        return copy;
    }

    /**
     * Whether several endpoints may share a port, the system spreading senders over them: {@code SO_REUSEPORT}, Python's
     * {@code allow_reuse_port}. Not for clients.
     *
     * @param on false by default
     * @return options with this set
     */
    public UdpOptions reusePort(boolean on) {
        UdpOptions copy = new UdpOptions(this);
        copy.reusePort = on;
        return copy;
    }

    /**
     * Whether packets may be sent to broadcast addresses, of IPv4: {@code SO_BROADCAST}. To receive broadcasts needs no
     * option, but an endpoint bound on every address.
     *
     * @param on false by default
     * @return options with this set
     */
    public UdpOptions broadcast(boolean on) {
        UdpOptions copy = new UdpOptions(this);
        copy.broadcast = on;
        return copy;
    }

    /**
     * How many networks a multicast that is sent may cross: {@code IP_MULTICAST_TTL}, {@code IPV6_MULTICAST_HOPS}.
     *
     * @param hops from 0, which stays on this machine, to 255; 1, the local network, by default
     * @return options with this set
     * @throws IllegalArgumentException if it is out of range
     */
    public UdpOptions multicastTtl(int hops) {
        UdpOptions copy = new UdpOptions(this);
        copy.multicastTtl = inRange("a multicast TTL", hops, 0, 255, "hops");
        return copy;
    }

    /**
     * Whether the members on this machine receive multicasts that are sent from here: {@code IP_MULTICAST_LOOP}.
     *
     * @param on true by default
     * @return options with this set
     */
    public UdpOptions multicastLoopback(boolean on) {
        UdpOptions copy = new UdpOptions(this);
        copy.multicastLoopback = on;
        return copy;
    }

    /**
     * The interface by which multicasts are sent: {@code IP_MULTICAST_IF}. The system's routes decide otherwise.
     *
     * @param outgoing one with an address of the family that is sent to
     * @return options with this set
     */
    public UdpOptions multicastInterface(NetworkInterface outgoing) {
        UdpOptions copy = new UdpOptions(this);
        copy.multicastInterface = Objects.requireNonNull(outgoing, "outgoing");
        return copy;
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

    boolean reuseAddress() {
        return reuseAddress;
    }

    boolean reusePort() {
        return reusePort;
    }

    boolean broadcast() {
        return broadcast;
    }

    int multicastTtl() {
        return multicastTtl;
    }

    boolean multicastLoopback() {
        return multicastLoopback;
    }

    Optional<NetworkInterface> multicastInterface() {
        return Optional.ofNullable(multicastInterface);
    }

    private static int inRange(String what, int value, int least, int most, String unit) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " must be from " + least + " to " + most + ' ' + unit + ", not " + value);
        }
        return value;
    }
}
