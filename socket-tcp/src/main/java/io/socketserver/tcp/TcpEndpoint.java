package io.socketserver.tcp;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.HostPort;
import io.socketserver.api.spi.Readiness;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A listening socket. */
final class TcpEndpoint implements Endpoint<Connection> {

    private final ServerSocketChannel channel;
    private final Readiness readiness;
    private final TcpOptions options;
    private final InetSocketAddress address;

    private TcpEndpoint(ServerSocketChannel channel, Readiness readiness, TcpOptions options) throws IOException {
        this.channel = channel;
        this.readiness = readiness;
        this.options = options;
        this.address = (InetSocketAddress) channel.getLocalAddress();
    }

    static TcpEndpoint bind(HostPort at, TcpOptions options) throws IOException {
        InetSocketAddress address = at.resolve();
        // A socket of both families turns IPv4's wildcard into IPv6's, and so would listen on more than was asked.
        boolean ipv4Alone = !at.host().isEmpty() && address.getAddress() instanceof Inet4Address;
        ServerSocketChannel channel =
                ipv4Alone ? ServerSocketChannel.open(StandardProtocolFamily.INET) : ServerSocketChannel.open();
        boolean done = false;
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, options.reuseAddress());
            if (options.reusePort()) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            if (options.receiveBuffer() > 0) {
                // Before binding, since accepted sockets inherit it and their window is agreed on at once.
                channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBuffer());
            }
            channel.bind(address, options.backlog());
            TcpEndpoint endpoint = new TcpEndpoint(channel, Readiness.of(channel, SelectionKey.OP_ACCEPT), options);
            done = true;
            return endpoint;
        } catch (SocketException | UnsupportedAddressTypeException e) {
            // The JDK's complaint of a family it has no sockets of has no message.
            BindException named = new BindException("cannot listen on " + HostPort.toUri(TcpTransport.SCHEME, address)
                    + ": " + (e.getMessage() == null ? "this Java has no sockets of its family" : e.getMessage()));
            named.initCause(e);
            throw named;
        } catch (UnsupportedOperationException e) {
            throw new IOException("this system does not know an option asked for: " + e.getMessage(), e);
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    @Override
    public @Nullable Connection accept(Duration timeout) throws IOException {
        // Asked first without waiting: under load there is no need to select.
        SocketChannel accepted = channel.accept();
        if (accepted == null) {
            readiness.await(timeout);
            accepted = channel.accept();
        }
        return accepted == null ? null : TcpConnection.of(accepted, options);
    }

    @Override
    public void wakeup() {
        readiness.wakeup();
    }

    @Override
    public void stopAccepting() throws IOException {
        readiness.close();
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public URI uri() {
        return HostPort.toUri(TcpTransport.SCHEME, address);
    }

    @Override
    public void close() throws IOException {
        readiness.close();
    }

    @Override
    public String toString() {
        return uri().toString();
    }
}
