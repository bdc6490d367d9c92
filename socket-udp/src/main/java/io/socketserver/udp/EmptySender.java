package io.socketserver.udp;

import static java.net.StandardSocketOptions.SO_RCVBUF;
import static java.net.StandardSocketOptions.SO_REUSEADDR;

import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends empty datagrams on behalf of a connected channel, for which the JDK takes nothing to write as nothing to do.
 *
 * <p>They go out by a second socket, which is not connected and has the same local address; it is made when the first
 * of them is sent. The system gives what arrives to the socket that fits best, so answers, and refusals too, reach the
 * connected one alone. The other way, to disconnect, send and connect again, would lose what arrives in between.
 */
final class EmptySender implements Closeable {

    private static final ByteBuffer EMPTY = ByteBuffer.allocateDirect(0).asReadOnlyBuffer();

    private final DatagramChannel connected;
    private final UdpOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable DatagramChannel second;
    private boolean closed;

    EmptySender(DatagramChannel connected, UdpOptions options) {
        this.connected = connected;
        this.options = options;
    }

    void send(SocketAddress to) throws IOException {
        second().send(EMPTY.duplicate(), to);
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            if (second != null) {
                second.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private DatagramChannel second() throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new ClosedChannelException();
            }
            DatagramChannel present = second;
            if (present == null) {
                present = open((InetSocketAddress) connected.getLocalAddress());
                second = present;
            }
            return present;
        } finally {
            lock.unlock();
        }
    }

    private DatagramChannel open(InetSocketAddress local) throws IOException {
        DatagramChannel channel =
                UdpChannels.open(local.getAddress() instanceof Inet4Address, options.reuseAddress(true));
        boolean done = false;
        try {
            // Only strangers' packets arrive here, and nobody reads them: as little room as the system allows.
            channel.setOption(SO_RCVBUF, 1);
            // An interrupt of a sender would close a channel that blocks.
            channel.configureBlocking(false);
            // Only for this moment, so that nobody else comes to share the address.
            connected.setOption(SO_REUSEADDR, true);
            channel.bind(local);
            channel.setOption(SO_REUSEADDR, false);
            done = true;
            return channel;
        } finally {
            connected.setOption(SO_REUSEADDR, false);
            if (!done) {
                channel.close();
            }
        }
    }
}
