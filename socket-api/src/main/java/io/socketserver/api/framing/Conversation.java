package io.socketserver.api.framing;

import io.socketserver.api.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Leads a message handler through one conversation, on one thread, and gives everybody else a way to reply. */
abstract class Conversation implements Replies {

    private final Request request;
    private final Thread owner = Thread.currentThread();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int announced;
    private volatile boolean ended;

    Conversation(Request request) {
        this.request = request;
    }

    /** The next message, waiting for it once all replies are out; null if there is none. */
    abstract @Nullable ByteBuffer receive() throws IOException;

    /** Sends, or puts into a buffer. */
    abstract void write(ByteBuffer reply) throws IOException;

    /** Sends what is in the buffer. */
    abstract void writeOut() throws IOException;

    /** Has another thread that waits in {@link #receive} come back. */
    abstract void stopReceiving();

    final void run(MessageHandler handler) throws Exception {
        try {
            lead(handler);
        } catch (Throwable failure) {
            ended = true;
            alsoTry(this::writeOut, failure);
            throw failure;
        }
        ended = true;
        writeOut();
    }

    private void lead(MessageHandler handler) throws Exception {
        MessageHandler own = handler.begin(this);
        try {
            while (!ended) {
                ByteBuffer message = receive();
                if (message == null || ended) {
                    break;
                }
                own.handle(message, this);
            }
            awaitAnnounced();
        } catch (Throwable failure) {
            alsoTry(() -> own.finish(this), failure);
            throw failure;
        }
        own.finish(this);
    }

    private void awaitAnnounced() throws InterruptedException {
        lock.lock();
        try {
            while (announced > 0 && !ended) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public final void send(ByteBuffer reply) throws IOException {
        if (ended) {
            throw new ClosedChannelException();
        }
        write(reply);
        if (Thread.currentThread() != owner) {
            writeOut();
        }
    }

    @Override
    public final void flush() throws IOException {
        writeOut();
    }

    @Override
    public final void end() {
        change(0, true);
        if (Thread.currentThread() != owner) {
            stopReceiving();
        }
    }

    @Override
    public final Later later() {
        change(1, false);
        return new Announced();
    }

    @Override
    public final Request request() {
        return request;
    }

    final boolean ended() {
        return ended;
    }

    private void change(int more, boolean end) {
        lock.lock();
        try {
            announced += more;
            if (end) {
                ended = true;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What may throw. */
    private interface Step {
        void run() throws Exception;
    }

    private static void alsoTry(Step step, Throwable failure) {
        try {
            step.run();
        } catch (Throwable second) {
            if (second != failure) {
                failure.addSuppressed(second);
            }
        }
    }

    private final class Announced implements Later {

        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public void send(ByteBuffer reply) throws IOException {
            Conversation.this.send(reply);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                change(-1, false);
            }
        }
    }
}
