package io.socketserver.unix;

import io.socketserver.api.TimeSource;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.DatagramPacket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.FileDescriptorCast;

/**
 * Sends from a socket, within a time limit; thread-safe.
 *
 * <p>It has a descriptor of its own for the socket, since the library closes the one it is sending by when the receiver
 * turns out to have gone. Then the next send makes a new one, and the socket is none the worse.
 */
final class GramSender implements Closeable {

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    private final AFUNIXDatagramChannel socket;
    private final Duration limit;
    private final TimeSource time = TimeSource.system();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private @Nullable AFUNIXDatagramChannel duplicate;
    private boolean closed;

    GramSender(AFUNIXDatagramChannel socket, Duration limit) {
        this.socket = socket;
        this.limit = limit;
    }

    /** One attempt at a send: returns false if the receiver's queue is full. */
    @FunctionalInterface
    interface Attempt {
        boolean on(AFUNIXDatagramChannel channel) throws IOException;
    }

    void send(ByteBuffer payload, AFUNIXSocketAddress to) throws IOException {
        repeat(channel -> send(channel, payload, to), to);
    }

    /** Repeats an attempt until it succeeds or the time is over. */
    void repeat(Attempt attempt, Object to) throws IOException {
        // An interrupt is for those who wait: the library would take it for a wish to close.
        boolean interrupted = Thread.interrupted();
        lock.lock();
        try {
            long deadline = time.nanoTime() + TimeUnit.NANOSECONDS.convert(limit);
            // The system tells of room in the receiver's queue only those connected to it, so it is asked now and then.
            for (long pause = FIRST_PAUSE; !attempt.on(open()); pause = Math.min(2 * pause, LONGEST_PAUSE)) {
                long remaining = deadline - time.nanoTime();
                if (remaining <= 0) {
                    throw new QueueFullException("the datagram was not sent to " + to
                            + ": the receiver has had too many" + " waiting for " + limit.toMillis() + " ms");
                }
                if (interrupted) {
                    throw new InterruptedIOException("interrupted while sending to " + to);
                }
                time.awaitUntil(lock, ended, time.nanoTime() + Math.min(pause, remaining));
            }
        } catch (InterruptedException | ClosedByInterruptException e) {
            // What the latter has closed is the duplicate; the socket is as it was.
            interrupted = true;
            throw (InterruptedIOException)
                    new InterruptedIOException("interrupted while sending to " + to).initCause(e);
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static boolean send(AFUNIXDatagramChannel channel, ByteBuffer payload, @Nullable AFUNIXSocketAddress to)
            throws IOException {
        if (!payload.hasRemaining()) {
            // The channel sends nothing at all then. Whether there was room for it is not told.
            DatagramPacket empty = new DatagramPacket(new byte[0], 0);
            if (to != null) {
                empty.setAddress(to.wrapAddress());
            }
            channel.socket().send(empty);
            return true;
        }
        ByteBuffer left = payload.duplicate();
        return (to == null ? channel.write(left) : channel.send(left, to)) > 0;
    }

    private AFUNIXDatagramChannel open() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        AFUNIXDatagramChannel open = duplicate;
        if (open == null || !open.isOpen() || !open.getFileDescriptor().valid()) {
            release();
            open = FileDescriptorCast.duplicating(socket.getFileDescriptor()).as(AFUNIXDatagramChannel.class);
            // Of the socket itself, which is not this one's.
            open.setShutdownOnClose(false);
            open.setDeleteOnClose(false);
            duplicate = open;
        }
        return open;
    }

    /** To be called before the socket is closed, since afterwards its descriptor may be another's. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            ended.signalAll();
            release();
        } finally {
            lock.unlock();
        }
    }

    // A duplicate's own close, that by an interrupt too, leaves its descriptor open.
    private void release() throws IOException {
        AFUNIXDatagramChannel done = duplicate;
        duplicate = null;
        if (done != null) {
            if (done.getFileDescriptor().valid()) {
                new FileOutputStream(done.getFileDescriptor()).close();
            }
            done.close();
        }
    }
}
