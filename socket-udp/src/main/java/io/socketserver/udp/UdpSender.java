package io.socketserver.udp;

import io.socketserver.api.spi.Readiness;
import io.socketserver.api.spi.ReplyChannel;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Sends by a channel that does not block, but waits for room like one that does; names what fails. Thread-safe. */
final class UdpSender implements ReplyChannel, Closeable {

    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private final DatagramChannel channel;
    private final EmptySender empties;
    private final boolean broadcast;
    // One thread waits for room at a time; the others wait for that one.
    private final ReentrantLock waiting = new ReentrantLock();
    private volatile @Nullable Readiness room;
    private volatile boolean closed;

    UdpSender(DatagramChannel channel, UdpOptions options) {
        this.channel = channel;
        empties = new EmptySender(channel, options);
        broadcast = options.broadcast();
    }

    @Override
    public void send(ByteBuffer payload, SocketAddress to) throws IOException {
        int size = payload.remaining();
        try {
            if (size > 0) {
                while (channel.send(payload, to) == 0) {
                    awaitRoom();
                }
            } else if (channel.isConnected()) {
                empties.send(to);
            } else {
                channel.send(payload, to);
            }
        } catch (PortUnreachableException e) {
            throw Failures.refused(to, e);
        } catch (ClosedChannelException | InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw Failures.notSent(size, to, broadcast, e);
        } catch (IllegalArgumentException e) {
            throw Failures.notAnAddress(to, e);
        }
    }

    private void awaitRoom() throws IOException {
        waiting.lock();
        try {
            Readiness writable = room;
            if (writable == null) {
                writable = Readiness.of(channel, SelectionKey.OP_WRITE);
                room = writable;
            }
            // Looked at after the room is there to be closed, so that one of the two sides sees the other.
            if (closed) {
                writable.close();
                throw new ClosedChannelException();
            }
            writable.await(FOREVER);
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while the send buffer was full");
            }
        } finally {
            waiting.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try (empties) {
            Readiness waited = room;
            if (waited == null) {
                channel.close();
            } else {
                waited.close();
            }
        }
    }
}
