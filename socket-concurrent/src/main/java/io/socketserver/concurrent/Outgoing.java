package io.socketserver.concurrent;

import io.socketserver.api.framing.Framing;
import io.socketserver.api.spi.MessageTask;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way to one peer, in this order: those the socket had no room for; those of the handling that goes on, in
 * the loop's buffer; and those that came from elsewhere meanwhile, with all that was sent after them.
 */
final class Outgoing {

    private static final int INITIAL = 512;

    private final Framing framing;
    private final MessageTask task;
    private final ByteBuffer shared;
    private final int maxQueued;
    // For the loop's thread: from position to limit, null if there are none.
    private @Nullable ByteBuffer unsent;
    private int batches;

    // That of the loop: replies from elsewhere are too rare for one each.
    private final ReentrantLock lock;
    private @Nullable Condition room;
    // Guarded by the lock; what it holds lies before its position.
    private @Nullable ByteBuffer later;
    private volatile boolean laterAny;
    private volatile boolean closed;

    Outgoing(Loop loop, MessageTask task) {
        this.task = task;
        framing = task.handler().framing();
        shared = loop.buffers().out();
        maxQueued = loop.maxQueued();
        lock = loop.lock();
    }

    /** Takes a reply of the handler that runs on the loop's thread. */
    void add(ByteBuffer reply) throws IOException {
        int size = framing.frameLength(reply.remaining());
        if (laterAny ? isFullBehind() : shared.remaining() < size) {
            // Only what the peer had a chance to take counts as not taken.
            write();
            if (unsent != null && unsent.remaining() > maxQueued) {
                throw full();
            }
        }
        if (!laterAny && shared.remaining() >= size) {
            framing.encode(reply, shared);
            return;
        }
        lock.lock();
        try {
            requireRoom();
            append(reply, size);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a reply of any other thread.
     *
     * @param patient whether the thread may wait for room
     */
    void addFromElsewhere(ByteBuffer reply, boolean patient) throws IOException {
        int size = framing.frameLength(reply.remaining());
        lock.lock();
        try {
            if (patient) {
                awaitRoom();
            } else {
                requireRoom();
            }
            append(reply, size);
        } finally {
            lock.unlock();
        }
    }

    /** Writes as much as there is room for. */
    void write() throws IOException {
        writeOwn();
        // Once: whoever sends more meanwhile has the loop come back, and others have their turn before.
        if (unsent == null && takeLater()) {
            writeOwn();
        }
    }

    /** Whether some wait for the peer to take them. */
    boolean isStuck() {
        return unsent != null;
    }

    /** Whether nothing is left; what came from elsewhere meanwhile brings the loop back. */
    boolean isEmpty() {
        return unsent == null && !laterAny;
    }

    /** Another number whenever others wait than before. */
    int batch() {
        return batches;
    }

    /** On the loop's thread: takes no more, and forgets what it has. */
    void close() {
        closed = true;
        unsent = null;
        shared.clear();
        lock.lock();
        try {
            later = null;
            laterAny = false;
            if (room != null) {
                room.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void writeOwn() throws IOException {
        if (unsent != null) {
            task.write(unsent);
            if (unsent.hasRemaining()) {
                unsent = append(unsent, shared);
                return;
            }
            unsent = null;
        }
        if (shared.position() > 0) {
            writeShared();
        }
    }

    private void writeShared() throws IOException {
        shared.flip();
        try {
            task.write(shared);
            if (shared.hasRemaining()) {
                unsent = ByteBuffer.allocate(shared.remaining()).put(shared).flip();
                batches++;
            }
        } finally {
            shared.clear();
        }
    }

    // Only that of the handling that goes on is in the shared buffer, so this is empty at all other times.
    private static ByteBuffer append(ByteBuffer unsent, ByteBuffer shared) {
        if (shared.position() == 0) {
            return unsent;
        }
        shared.flip();
        ByteBuffer all = ByteBuffer.allocate(unsent.remaining() + shared.remaining())
                .put(unsent)
                .put(shared)
                .flip();
        shared.clear();
        return all;
    }

    private boolean takeLater() {
        if (!laterAny) {
            return false;
        }
        lock.lock();
        try {
            unsent = later == null ? null : later.flip();
            later = null;
            laterAny = false;
            batches++;
            if (room != null) {
                room.signalAll();
            }
            return unsent != null;
        } finally {
            lock.unlock();
        }
    }

    private void append(ByteBuffer reply, int size) {
        ByteBuffer target = later;
        if (target == null) {
            target = ByteBuffer.allocate(Math.max(INITIAL, size));
        } else if (target.remaining() < size) {
            int needed = Math.addExact(target.position(), size);
            int capacity = (int) Math.max(needed, Math.min(Integer.MAX_VALUE - 8, 2L * target.capacity()));
            target = ByteBuffer.allocate(capacity).put(target.flip());
        }
        later = target;
        framing.encode(reply, target);
        laterAny = true;
    }

    private void awaitRoom() throws IOException {
        try {
            while (!closed && isFull()) {
                if (room == null) {
                    room = lock.newCondition();
                }
                room.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted =
                    new InterruptedIOException("interrupted while the peer took no replies; this one was not sent");
            interrupted.initCause(e);
            throw interrupted;
        }
        requireRoom();
    }

    private boolean isFullBehind() {
        lock.lock();
        try {
            return isFull();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        return later != null && later.position() > maxQueued;
    }

    private void requireRoom() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (isFull()) {
            throw full();
        }
    }

    private IOException full() {
        return new IOException("more than " + maxQueued + " bytes of replies wait for " + task.request()
                + ", whose peer does not take them: send less in reply to one message, send from a thread that may wait,"
                + " or set a larger maxQueued");
    }
}
