package io.socketserver.api.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A socket that does not block, and two turns at waiting for it. */
final class TimedSocket implements Closeable {

    private final SocketChannel channel;
    private final Turn reading = new Turn("nothing came");
    private final Turn writing = new Turn("the peer did not take all");
    private final SelectionKey key;

    private TimedSocket(SocketChannel channel) throws IOException {
        this.channel = channel;
        key = TimedPoller.SHARED.register(channel, this);
    }

    /** Changes a blocking socket to one with time-outs; leaves it as it was if that fails. */
    static TimedSocket of(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        try {
            return new TimedSocket(channel);
        } catch (IOException | RuntimeException | Error e) {
            restore(channel, e);
            throw e;
        }
    }

    void readTimeout(Duration timeout) {
        reading.timeout(timeout);
    }

    void writeTimeout(Duration timeout) {
        writing.timeout(timeout);
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint, on which nothing but speed depends
    int read(ByteBuffer target) throws IOException {
        int count = Chunks.read(channel, target);
        if (count == 0 && target.hasRemaining()) {
            // Under load the others have something to do, and when they have done it, something will have come: to be
            // told of that costs several times as much as to look again.
            long begun = reading.begin();
            Thread.yield();
            count = readWaiting(target, begun);
        }
        return count;
    }

    private int readWaiting(ByteBuffer target, long begun) throws IOException {
        while (true) {
            long seen = reading.signals();
            int count = Chunks.read(channel, target);
            if (count != 0) {
                return count;
            }
            await(reading, SelectionKey.OP_READ, seen, begun);
        }
    }

    /** Writes all of the source; the time-out is for all of it. */
    int write(ByteBuffer source) throws IOException {
        long begun = writing.begin();
        int total = 0;
        while (source.hasRemaining()) {
            long seen = writing.signals();
            int count = Chunks.write(channel, source);
            total += count;
            if (count == 0) {
                await(writing, SelectionKey.OP_WRITE, seen, begun);
            }
        }
        return total;
    }

    /** Called by the poller. */
    void ready(int operations) {
        if ((operations & SelectionKey.OP_READ) != 0) {
            reading.ready();
        }
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            writing.ready();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            reading.close();
            writing.close();
            // The system's socket is released by the poller's thread, once its selector has let go of it.
            TimedPoller.SHARED.release(key);
        }
    }

    private void await(Turn turn, int operation, long seen, long begun) throws IOException {
        TimedPoller.arm(key, operation);
        try {
            turn.await(seen, begun);
        } catch (InterruptedException e) {
            throw closedByInterrupt(e);
        }
    }

    // As the blocking channels of the JDK do.
    private ClosedByInterruptException closedByInterrupt(InterruptedException cause) throws IOException {
        Thread.currentThread().interrupt();
        close();
        ClosedByInterruptException closed = new ClosedByInterruptException();
        closed.initCause(cause);
        return closed;
    }

    private static void restore(SocketChannel channel, Throwable failure) {
        try {
            channel.configureBlocking(true);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
