package io.socketserver.tcp;

import io.socketserver.api.Connection;
import io.socketserver.api.TimeSource;
import io.socketserver.api.spi.HostPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The client's side: tries each address of a host within one deadline. */
final class TcpConnect {

    private TcpConnect() {}

    static Connection connect(HostPort target, Duration timeout, TcpOptions options) throws IOException {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("a connect timeout must be zero (the system's) or more, not " + timeout);
        }
        long deadline = TimeSource.system().nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
        IOException last = null;
        for (InetAddress candidate : resolve(target.host())) {
            try {
                int millis = timeout.isZero() ? 0 : millisUntil(deadline);
                return connect(new InetSocketAddress(candidate, target.port()), millis, options);
            } catch (ClosedByInterruptException e) {
                // Nobody's refusal: the other addresses are not to be tried.
                throw e;
            } catch (IOException e) {
                if (last != null) {
                    e.addSuppressed(last);
                }
                last = e;
            }
        }
        throw named(target, timeout, last);
    }

    private static Connection connect(InetSocketAddress address, int millis, TcpOptions options) throws IOException {
        SocketChannel channel = SocketChannel.open();
        boolean done = false;
        try {
            if (options.receiveBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBuffer());
            }
            channel.socket().connect(address, millis);
            requirePeer(channel);
            Connection connected = TcpConnection.of(channel, options);
            done = true;
            return connected;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    // Nobody listens there if the system has given this end the very port that it connects to, and TCP has connected it
    // with itself: that is a simultaneous open, RFC 9293, 3.5.
    private static void requirePeer(SocketChannel channel) throws IOException {
        if (channel.getLocalAddress().equals(channel.getRemoteAddress())) {
            throw new ConnectException("Connection refused");
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

    private static int millisUntil(long deadline) throws SocketTimeoutException {
        long nanos = deadline - TimeSource.system().nanoTime();
        if (nanos <= 0) {
            throw new SocketTimeoutException("no time left");
        }
        return (int) Math.min(Integer.MAX_VALUE, (nanos - 1) / 1_000_000 + 1);
    }

    private static IOException named(HostPort target, Duration timeout, @Nullable IOException cause) {
        String to = "cannot connect to " + TcpTransport.SCHEME + "://" + target + ": ";
        IOException named = cause instanceof SocketTimeoutException
                ? new SocketTimeoutException(to + "no answer within " + timeout.toMillis() + " ms")
                : new ConnectException(to + (cause == null ? "the host has no address" : cause.getMessage()));
        named.initCause(cause);
        return named;
    }
}
