package io.socketserver.testkit;

import io.socketserver.api.spi.StreamChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The handler's end of a stream, at the other end of which is a script. It behaves as a blocking socket does, but a read
 * gets bytes of one piece that was sent at most, and time passes when the script says so.
 */
final class ScriptChannel extends Scene implements StreamChannel {

    /** How many bytes may be on their way to the peer before a write blocks, unless the peer waits for more. */
    private static final int CAPACITY = 65_536;

    private static final int WAIT = -2;

    /** Looks once, and returns a result or {@link #WAIT}. */
    private interface Attempt {
        int look() throws IOException;
    }

    private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
    private final ByteArrayOutputStream unread = new ByteArrayOutputStream();
    private final ScriptedWait reading = new ScriptedWait("nothing came");
    private final ScriptedWait writing = new ScriptedWait("the peer did not take all");
    private int capacity = CAPACITY;
    private long now;
    private boolean peerEnded;
    private boolean peerClosed;
    private boolean reset;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean closed;

    // What the handler does.

    @Override
    public int read(ByteBuffer target) throws IOException {
        return operate(reading, () -> {
            requireUsable();
            if (inputEnded) {
                return -1;
            }
            if (!target.hasRemaining()) {
                return 0;
            }
            if (pieces.isEmpty()) {
                return peerEnded ? -1 : WAIT;
            }
            return take(pieces.element(), target);
        });
    }

    private int take(ByteBuffer piece, ByteBuffer target) {
        int count = Math.min(piece.remaining(), target.remaining());
        target.put(piece.slice().limit(count));
        piece.position(piece.position() + count);
        if (!piece.hasRemaining()) {
            pieces.remove();
        }
        return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int total = source.remaining();
        return operate(writing, () -> {
            requireUsable();
            if (outputEnded) {
                throw new ClosedChannelException();
            }
            if (peerClosed) {
                throw new IOException("broken pipe");
            }
            byte[] part = new byte[Math.min(source.remaining(), Math.max(0, capacity - unread.size()))];
            source.get(part);
            unread.writeBytes(part);
            changed.signalAll();
            return source.hasRemaining() ? WAIT : total;
        });
    }

    private int operate(ScriptedWait wait, Attempt attempt) throws IOException {
        try {
            lock.lockInterruptibly();
            try {
                return operateLocked(wait, attempt);
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw (IOException) new ClosedByInterruptException().initCause(e);
        }
    }

    private int operateLocked(ScriptedWait wait, Attempt attempt) throws IOException, InterruptedException {
        long begun = now;
        int result = attempt.look();
        while (result == WAIT) {
            wait.await(changed, begun, now);
            if (closed) {
                throw new AsynchronousCloseException();
            }
            result = attempt.look();
        }
        return result;
    }

    @Override
    public void readTimeout(Duration timeout) throws IOException {
        limit(reading, timeout);
    }

    @Override
    public void writeTimeout(Duration timeout) throws IOException {
        limit(writing, timeout);
    }

    private void limit(ScriptedWait wait, Duration timeout) throws ClosedChannelException {
        lock.lock();
        try {
            if (closed) {
                throw new ClosedChannelException();
            }
            wait.timeout(timeout, now);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void shutdownInput() throws IOException {
        lock.lock();
        try {
            requireUsable();
            inputEnded = true;
            pieces.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void shutdownOutput() throws IOException {
        lock.lock();
        try {
            requireUsable();
            outputEnded = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void requireUsable() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (reset) {
            throw new IOException("connection reset");
        }
    }

    @Override
    public SocketAddress localAddress() {
        return new MemoryAddress("script", 0);
    }

    @Override
    public SocketAddress remoteAddress() {
        return new MemoryAddress("script", 1);
    }

    @Override
    public boolean isOpen() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        change(() -> closed = true);
    }

    // What the script does, under the lock.

    @Override
    boolean waits(Thread handling) {
        boolean idle = !closed && !reset;
        return idle
                && ((reading.holds(handling, now) && pieces.isEmpty() && !peerEnded && !inputEnded)
                        || (writing.holds(handling, now) && unread.size() >= capacity && !peerClosed && !outputEnded));
    }

    @Override
    void release() {
        reset = true;
    }

    void send(byte[] bytes) {
        if (bytes.length > 0 && !closed && !inputEnded) {
            pieces.add(ByteBuffer.wrap(bytes.clone()));
            changed.signalAll();
        }
    }

    void endPeer() {
        peerEnded = true;
        changed.signalAll();
    }

    void closePeer() {
        peerClosed = true;
        endPeer();
    }

    void resetPeer() {
        pieces.clear();
        reset = true;
        changed.signalAll();
    }

    /** Whether the handler has been left, so that it may well say so. */
    boolean peerGone() {
        return peerClosed || reset;
    }

    boolean outputEnded() {
        return outputEnded || closed;
    }

    /** Whether so much is there that was not taken; makes room for it. */
    boolean hasUnread(int count) {
        capacity = Math.max(CAPACITY, count);
        changed.signalAll();
        return unread.size() >= count;
    }

    byte[] unread() {
        return unread.toByteArray();
    }

    void take(int count) {
        byte[] all = unread();
        unread.reset();
        unread.write(all, count, all.length - count);
        changed.signalAll();
    }

    long now() {
        return now;
    }

    /** When so much time has passed; never so late that what has no time-out is due. */
    long end(Duration duration) {
        long left = Long.MAX_VALUE - 1 - now;
        return now + Math.min(left, TimeUnit.NANOSECONDS.convert(duration));
    }

    /** When a time-out of the handler's passes next, if nothing else happens; {@link Long#MAX_VALUE} if none does. */
    long nextTimeout() {
        return Math.min(reading.end(), writing.end());
    }

    void now(long time) {
        now = time;
        changed.signalAll();
    }
}
