package io.socketserver.unix;

import io.socketserver.api.spi.Readiness;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * A socket of datagrams that receives; a {@link GramSender} sends from it.
 *
 * <p>The library hands the number of the system's descriptor to the system without care for a close in another thread,
 * after which the number may be somebody else's. So nothing is closed here while something else is under way.
 */
final class GramSocket implements Closeable {

    // The library takes a wait without end, the selector's 0, for one that is not to wait at all.
    private static final Duration LONGEST_WAIT = Duration.ofDays(20);

    private final AFUNIXDatagramChannel channel;
    private final Readiness readiness;
    // One byte longer than the limit, since the system cuts off what does not fit and does not say so.
    private final byte[] incoming;
    private final ReentrantLock receiving = new ReentrantLock();
    private final ReentrantLock waking = new ReentrantLock();
    private volatile boolean stopped;
    private boolean closed;

    private GramSocket(AFUNIXDatagramChannel channel, Readiness readiness, int maxPacketSize) {
        this.channel = channel;
        this.readiness = readiness;
        incoming = new byte[maxPacketSize + 1];
    }

    static GramSocket open(UnixgramOptions options) throws IOException {
        AFUNIXDatagramChannel channel = AFUNIXDatagramChannel.open();
        boolean done = false;
        try {
            // It would delete by name whatever has that name by then.
            channel.setDeleteOnClose(false);
            if (options.receiveBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBuffer());
            }
            if (options.sendBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBuffer());
            }
            Readiness readiness = Readiness.of(channel, SelectionKey.OP_READ);
            GramSocket socket = new GramSocket(channel, readiness, options.maxPacketSize());
            done = true;
            return socket;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    /**
     * Binds it. The library deletes a file that is already there, be it what it may, and opens the new one to
     * everybody: only for a path where there is nothing, and where nobody else can go.
     */
    void bind(Path hidden) throws IOException {
        channel.bind(address(hidden));
    }

    AFUNIXDatagramChannel channel() {
        return channel;
    }

    /** Waits for a datagram; null if none came in time, or after {@link #wakeup()}. */
    @Nullable
    Received receive(Duration timeout) throws IOException {
        receiving.lock();
        try {
            // Asked first without waiting: under load there is no need to select.
            Received received = poll();
            if (received == null) {
                readiness.await(timeout.compareTo(LONGEST_WAIT) < 0 ? timeout : LONGEST_WAIT);
                received = poll();
            }
            return received;
        } finally {
            receiving.unlock();
        }
    }

    // Not by the channel, which answers an empty datagram and none at all alike.
    private @Nullable Received poll() throws IOException {
        if (stopped) {
            throw new ClosedChannelException();
        }
        DatagramPacket packet = new DatagramPacket(incoming, incoming.length);
        try {
            channel.socket().receive(packet);
        } catch (SocketTimeoutException e) {
            // What the library makes of an empty datagram; the sender is lost in it.
            return new Received(ByteBuffer.allocate(0), false, Received.UNKNOWN);
        }
        int length = packet.getLength();
        if (length == 0) {
            return null;
        }
        boolean truncated = length == incoming.length;
        byte[] payload = new byte[truncated ? length - 1 : length];
        System.arraycopy(incoming, 0, payload, 0, payload.length);
        return new Received(ByteBuffer.wrap(payload), truncated, sender(packet));
    }

    private static SocketAddress sender(DatagramPacket packet) throws SocketException {
        if (packet.getAddress() == null) {
            return Received.UNKNOWN;
        }
        return address(AFUNIXSocketAddress.unwrap(packet.getAddress(), 0));
    }

    /** The JDK's address where it has one, which is not for the abstract namespace. */
    static SocketAddress address(AFUNIXSocketAddress address) {
        return address.hasFilename() ? UnixDomainSocketAddress.of(SocketPath.path(address.getPathAsBytes())) : address;
    }

    /** The library's address. */
    static AFUNIXSocketAddress target(SocketAddress address) throws IOException {
        return address instanceof UnixDomainSocketAddress named
                ? address(named.getPath())
                : AFUNIXSocketAddress.of(address);
    }

    static AFUNIXSocketAddress address(Path path) throws SocketException {
        return AFUNIXSocketAddress.of(SocketPath.name(path));
    }

    void wakeup() {
        waking.lock();
        try {
            if (!closed) {
                readiness.wakeup();
            }
        } finally {
            waking.unlock();
        }
    }

    /** Ends receiving, but not sending. */
    void stop() {
        stopped = true;
        wakeup();
    }

    @Override
    public void close() throws IOException {
        stop();
        receiving.lock();
        waking.lock();
        try {
            closed = true;
            readiness.close();
        } finally {
            waking.unlock();
            receiving.unlock();
        }
    }
}
