package io.socketserver.udp;

import io.socketserver.api.Datagram;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.HostPort;
import io.socketserver.api.spi.Readiness;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A bound UDP socket. */
final class UdpEndpoint implements Endpoint<Datagram> {

    private final DatagramChannel channel;
    private final Readiness readiness;
    private final InetSocketAddress address;
    // One byte longer than the limit, since the system cuts off what does not fit and does not say so.
    private final ByteBuffer incoming;
    private volatile boolean stopped;

    private UdpEndpoint(DatagramChannel channel, Readiness readiness, UdpOptions options) throws IOException {
        this.channel = channel;
        this.readiness = readiness;
        address = (InetSocketAddress) channel.getLocalAddress();
        incoming = ByteBuffer.allocateDirect(options.maxPacketSize() + 1);
    }

    static UdpEndpoint bind(HostPort at, UdpOptions options) throws IOException {
        InetSocketAddress address = at.resolve();
        // A socket of both families turns IPv4's wildcard into IPv6's, and so would receive more than was asked.
        boolean ipv4Alone = !at.host().isEmpty() && address.getAddress() instanceof Inet4Address;
        DatagramChannel channel =
                ipv4Alone ? DatagramChannel.open(StandardProtocolFamily.INET) : DatagramChannel.open();
        boolean done = false;
        try {
            if (options.receiveBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBuffer());
            }
            if (options.sendBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBuffer());
            }
            channel.bind(address);
            UdpEndpoint endpoint = new UdpEndpoint(channel, Readiness.of(channel, SelectionKey.OP_READ), options);
            done = true;
            return endpoint;
        } catch (SocketException e) {
            BindException named = new BindException(
                    "cannot receive on " + HostPort.toUri(UdpTransport.SCHEME, address) + ": " + e.getMessage());
            named.initCause(e);
            throw named;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    @Override
    public @Nullable Datagram accept(Duration timeout) throws IOException {
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
        SocketAddress sender = channel.receive(incoming);
        if (sender == null) {
            return null;
        }
        incoming.flip();
        boolean truncated = incoming.limit() == incoming.capacity();
        byte[] payload = new byte[truncated ? incoming.limit() - 1 : incoming.limit()];
        incoming.get(payload);
        return Datagram.of(ByteBuffer.wrap(payload), truncated, sender, address, channel::send);
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
        readiness.close();
    }

    @Override
    public String toString() {
        return uri().toString();
    }
}
