package io.socketserver.concurrent;

import io.socketserver.api.Datagram;
import io.socketserver.api.Request;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import io.socketserver.api.spi.MessageTask;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The conversation of one datagram, led by the thread that has received it.
 *
 * <p>It ends when all that was announced is done, on the thread that says so.
 */
final class DatagramTalk implements Runnable, Replies, MessageTask.Control {

    private final MessageTask task;
    private final Datagram datagram;
    private volatile Attention attention = new Attention(Thread.currentThread());
    private final Announcements announcements = new Announcements(this, this::conclude);
    private final AtomicBoolean concluded = new AtomicBoolean();
    private volatile boolean handled;
    private volatile boolean ended;
    private volatile boolean cutOff;
    private @Nullable MessageHandler handler;
    private @Nullable Throwable failure;

    DatagramTalk(MessageTask task, Datagram datagram) {
        this.task = task;
        this.datagram = datagram;
    }

    @Override
    public void run() {
        if (!task.begin(this)) {
            return;
        }
        // Announced as well, so that whatever was announced cannot end it before.
        Later handling = announcements.add();
        attention.begin(this);
        try {
            // Looked at only now, so that a cut-off either is seen here or finds the handler to interrupt.
            if (!cutOff) {
                handle(task.handler().handler().begin(this));
            }
        } catch (Throwable t) {
            failure = t;
        } finally {
            attention.end(this);
        }
        handled = true;
        if (ended || cutOff || failure != null) {
            conclude();
        }
        handling.close();
    }

    private void handle(MessageHandler own) throws Exception {
        handler = own;
        if (!ended && !cutOff) {
            own.handle(datagram.payload(), this);
        }
    }

    private void conclude() {
        if (!concluded.compareAndSet(false, true)) {
            return;
        }
        // The thread may be anybody's, and what ends a request takes interrupts for its own.
        boolean interrupted = Thread.interrupted();
        try {
            finish();
            ended = true;
            task.end(failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void finish() {
        if (handler != null) {
            Attention here = attention.orOfThisThread();
            attention = here;
            task.takeOver();
            here.begin(this);
            try {
                handler.finish(this);
            } catch (Throwable t) {
                failed(t);
            } finally {
                here.end(this);
            }
        }
    }

    private void failed(Throwable t) {
        if (failure == null) {
            failure = t;
        } else if (failure != t) {
            failure.addSuppressed(t);
        }
    }

    @Override
    public void send(ByteBuffer reply) throws IOException {
        if (ended) {
            throw new ClosedChannelException();
        }
        datagram.send(reply);
    }

    @Override
    public void flush() {
        // Nothing waits.
    }

    @Override
    public void end() {
        ended = true;
        if (handled) {
            conclude();
        }
    }

    @Override
    public Later later() {
        return announcements.add();
    }

    @Override
    public Request request() {
        return datagram;
    }

    @Override
    public void cutOff() {
        cutOff = true;
        attention.interrupt(this);
        if (handled) {
            conclude();
        }
    }

    @Override
    public boolean isHandling() {
        return attention.isOn(this);
    }

    @Override
    public String toString() {
        return task.toString();
    }
}
