package io.socketserver.udp;

import io.socketserver.api.DatagramClient;
import io.socketserver.api.TimeSource;
import io.socketserver.api.spi.HostPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import org.jspecify.annotations.Nullable;

/** The client's side: a socket that is connected, so that the system tells it when it is refused. */
final class UdpClient {

    private UdpClient() {}

    static DatagramClient open(HostPort target, UdpOptions options) throws IOException {
        if (target.port() == 0) {
            throw new IllegalArgumentException("a server's port must be from 1 to 65535, not 0");
        }
        IOException last = null;
        for (InetAddress candidate : resolve(target.host())) {
            try {
                return open(new InetSocketAddress(reachable(candidate), target.port()), options);
            } catch (IOException e) {
                if (last != null) {
                    e.addSuppressed(last);
                }
                last = e;
            }
        }
        throw named(target, last);
    }

    private static DatagramClient open(InetSocketAddress remote, UdpOptions options) throws IOException {
        DatagramChannel channel = UdpChannels.open(
                remote.getAddress() instanceof Inet4Address,
                options.reuseAddress(false).reusePort(false));
        boolean done = false;
        try {
            channel.connect(remote);
            UdpEndpoint endpoint = new UdpEndpoint(channel, options);
            DatagramClient client = DatagramClient.of(endpoint, endpoint::send, remote, TimeSource.system());
            done = true;
            return client;
        } catch (UnsupportedAddressTypeException e) {
            throw new IOException(Failures.reason(e), e);
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            UnknownHostException named = new UnknownHostException("unknown host: " + host);
            named.initCause(e);
            throw named;
        }
    }

    // "Every address", where a server is bound, is for a client this machine; answers name that and not the wildcard.
    private static InetAddress reachable(InetAddress address) throws UnknownHostException {
        if (!address.isAnyLocalAddress()) {
            return address;
        }
        return InetAddress.getByName(address instanceof Inet4Address ? "127.0.0.1" : "::1");
    }

    private static ConnectException named(HostPort target, @Nullable IOException cause) {
        ConnectException named = new ConnectException("cannot send to " + UdpTransport.SCHEME + "://" + target + ": "
                + (cause == null ? "the host has no address" : cause.getMessage()));
        named.initCause(cause);
        return named;
    }
}
