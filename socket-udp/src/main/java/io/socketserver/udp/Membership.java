package io.socketserver.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint's membership of a multicast group, from {@link UdpEndpoint#join} until it is closed, or the endpoint is.
 *
 * <p>Thread-safe.
 */
public final class Membership implements AutoCloseable {

    private final MembershipKey key;

    private Membership(MembershipKey key) {
        this.key = key;
    }

    static Membership join(DatagramChannel channel, InetAddress group, NetworkInterface by, @Nullable InetAddress from)
            throws IOException {
        try {
            return new Membership(from == null ? channel.join(group, by) : channel.join(group, by, from));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(failure(group, by, from, e), e);
        } catch (UnsupportedOperationException e) {
            throw new IOException(failure(group, by, from, e), e);
        } catch (SocketException e) {
            SocketException named = new SocketException(failure(group, by, from, e));
            named.initCause(e);
            throw named;
        }
    }

    /**
     * What was joined.
     *
     * @return the multicast address
     */
    public InetAddress group() {
        return key.group();
    }

    /**
     * Where the group is received.
     *
     * @return the interface
     */
    public NetworkInterface networkInterface() {
        return key.networkInterface();
    }

    /**
     * The one sender that is listened to.
     *
     * @return its address, empty if all are
     */
    public Optional<InetAddress> source() {
        return Optional.ofNullable(key.sourceAddress());
    }

    /**
     * Whether it has not ended.
     *
     * @return false once it, or the endpoint, is closed
     */
    public boolean isOpen() {
        return key.isValid();
    }

    /** Leaves the group: {@code IP_DROP_MEMBERSHIP}. Idempotent. */
    @Override
    public void close() {
        key.drop();
    }

    @Override
    public String toString() {
        return (isOpen() ? "" : "former ") + "membership of " + text(group(), networkInterface(), key.sourceAddress());
    }

    private static String failure(InetAddress group, NetworkInterface by, @Nullable InetAddress from, Exception cause) {
        return "cannot join " + text(group, by, from) + ": " + cause.getMessage();
    }

    private static String text(InetAddress group, NetworkInterface by, @Nullable InetAddress from) {
        return group.getHostAddress() + " on " + by.getName()
                + (from == null ? "" : " for what " + from.getHostAddress() + " sends");
    }
}
