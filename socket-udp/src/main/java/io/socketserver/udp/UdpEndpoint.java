package io.socketserver.udp;

import io.socketserver.api.Datagram;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.HostPort;
import io.socketserver.api.spi.Readiness;
import io.socketserver.api.spi.ReplyChannel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A bound UDP socket, made by {@link Udp#bind(String, int, UdpOptions)}.
 *
 * <p>Beyond what every endpoint does, it {@linkplain #send sends} to anybody, not only in reply, and {@linkplain #join
 * joins} multicast groups. Thread-safe, accepting as {@link Endpoint} says.
 *
 * <p>What arrives while the system's receive buffer is full is dropped by the system; nobody here is told, and no count
 * of the server has it (on Linux the last column of {@code /proc/net/udp} does). A reply goes out from the address that
 * the routes choose: on a machine with several, a client that insists on the one it sent to needs an endpoint that is
 * bound to just that.
 */
public final class UdpEndpoint implements Endpoint<Datagram> {

    private final DatagramChannel channel;
    private final Readiness readiness;
    private final UdpSender sender;
    private final ReplyChannel replies = this::reply;
    private final InetSocketAddress address;
    // One byte longer than the limit, since the system cuts off what does not fit and does not say so.
    private final ByteBuffer incoming;
    private volatile boolean stopped;

    /** Takes over a channel that is bound or connected; leaves it open if that fails. */
    UdpEndpoint(DatagramChannel channel, UdpOptions options) throws IOException {
        this.channel = channel;
        address = (InetSocketAddress) channel.getLocalAddress();
        incoming = ByteBuffer.allocateDirect(options.maxPacketSize() + 1);
        sender = new UdpSender(channel, options);
        readiness = Readiness.of(channel, SelectionKey.OP_READ);
    }

    static UdpEndpoint bind(HostPort at, UdpOptions options) throws IOException {
        InetSocketAddress address = at.resolve();
        // A socket of both families turns IPv4's wildcard into IPv6's, and so would receive more than was asked.
        boolean ipv4Alone = !at.host().isEmpty() && address.getAddress() instanceof Inet4Address;
        DatagramChannel channel = UdpChannels.open(ipv4Alone, options);
        boolean done = false;
        try {
            channel.bind(address);
            UdpEndpoint endpoint = new UdpEndpoint(channel, options);
            done = true;
            return endpoint;
        } catch (SocketException | UnsupportedAddressTypeException e) {
            throw Failures.notBound(address, e);
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    @Override
    public @Nullable Datagram accept(Duration timeout) throws IOException {
        // Asked first without waiting: under load there is no need to select.
        Datagram received = receive();
        if (received == null) {
            readiness.await(timeout);
            received = receive();
        }
        return received;
    }

    private @Nullable Datagram receive() throws IOException {
        if (stopped) {
            throw new ClosedChannelException();
        }
        incoming.clear();
        SocketAddress from = receiveInto(incoming);
        if (from == null) {
            return null;
        }
        incoming.flip();
        boolean truncated = incoming.limit() == incoming.capacity();
        byte[] payload = new byte[truncated ? incoming.limit() - 1 : incoming.limit()];
        incoming.get(payload);
        return Datagram.of(ByteBuffer.wrap(payload), truncated, from, address, replies);
    }

    /** The way back of what was received here. */
    void reply(ByteBuffer payload, SocketAddress to) throws IOException {
        try {
            sender.send(payload, to);
        } catch (SocketException e) {
            throw to instanceof InetSocketAddress inet && inet.getPort() == 0 ? Failures.unanswerable(to, e) : e;
        }
    }

    private @Nullable SocketAddress receiveInto(ByteBuffer target) throws IOException {
        try {
            return channel.receive(target);
        } catch (PortUnreachableException e) {
            // Only a client's socket is told of this; the system does not trouble one that is not connected.
            throw Failures.refused(channel.getRemoteAddress(), e);
        }
    }

    /**
     * Sends one datagram to anybody, so as to begin a conversation: Python's {@code sendto}.
     *
     * <p>Answers arrive as any other datagram does. Waits while the system's send buffer is full. Whether anybody
     * receives it is not known.
     *
     * @param payload its bytes, from position to limit; possibly none
     * @param to an {@link InetSocketAddress}, resolved: of one receiver, of a multicast group, or, with {@link
     *     UdpOptions#broadcast}, of a broadcast
     * @throws ClosedChannelException if this endpoint is closed, before or meanwhile
     * @throws java.io.InterruptedIOException if the thread is interrupted while it waits; its flag is kept
     * @throws IllegalArgumentException if the address is not resolved, or not of a family that this socket has
     * @throws IOException if it cannot be sent, being too long say; the message names the receiver
     */
    public void send(ByteBuffer payload, SocketAddress to) throws IOException {
        sender.send(payload, to);
    }

    /**
     * Joins a multicast group, so that what is sent to it at this endpoint's port arrives here: {@code
     * IP_ADD_MEMBERSHIP}, {@code IPV6_JOIN_GROUP}.
     *
     * <p>The endpoint should be bound on every address, or on the group's own; with {@link UdpOptions#reuseAddress} it
     * shares the port with other members on this machine. Joining what is joined already gives the same membership.
     *
     * @param group a multicast address, of a family that this socket has
     * @param by the interface at which the group is received
     * @return the membership, which ends with this endpoint at the latest
     * @throws IllegalArgumentException if it is no multicast address, or of another family
     * @throws IllegalStateException if the group is joined there for single sources
     * @throws ClosedChannelException if this endpoint is closed
     * @throws IOException if the system refuses; the message names the group
     */
    public Membership join(InetAddress group, NetworkInterface by) throws IOException {
        return Membership.join(channel, group, by, null);
    }

    /**
     * Joins a multicast group for what one sender sends to it: {@code IP_ADD_SOURCE_MEMBERSHIP}, RFC 4607.
     *
     * @param group as in {@link #join(InetAddress, NetworkInterface)}
     * @param by as there
     * @param source the sender, an address of the group's family; call it again for more senders
     * @return the membership
     * @throws IllegalArgumentException as there, or if the source is not of the group's family
     * @throws IllegalStateException if the group is joined there for all sources
     * @throws IOException as there, or if this system cannot choose by source
     */
    public Membership join(InetAddress group, NetworkInterface by, InetAddress source) throws IOException {
        return Membership.join(channel, group, by, source);
    }

    @Override
    public void wakeup() {
        readiness.wakeup();
    }

    @Override
    public void stopAccepting() {
        stopped = true;
        readiness.wakeup();
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public URI uri() {
        return HostPort.toUri(UdpTransport.SCHEME, address);
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        // The system's socket is released when both have let go of it.
        try (sender) {
            readiness.close();
        }
    }

    @Override
    public String toString() {
        return uri().toString();
    }
}
