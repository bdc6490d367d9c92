package io.socketserver.concurrent;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.spi.MessageDispatcher;
import io.socketserver.api.spi.MessageTask;
import io.socketserver.api.spi.PollableChannel;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Spreads connections over loops; a datagram is handled by the thread that has received it. */
final class LoopDispatcher implements MessageDispatcher {

    private final EventLoopOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable Loop[] loops;
    private int next;
    private boolean closed;

    LoopDispatcher(EventLoopOptions options) {
        this.options = options;
        loops = new Loop[options.loops()];
    }

    @Override
    public void execute(MessageTask task) {
        if (task.request() instanceof Datagram datagram) {
            new DatagramTalk(task, datagram).run();
            return;
        }
        lock.lock();
        try {
            take(task, channel((Connection) task.request()));
        } finally {
            lock.unlock();
        }
    }

    private static PollableChannel channel(Connection connection) {
        if (connection.channel() instanceof PollableChannel channel) {
            return channel;
        }
        throw new RejectedExecutionException("an event loop needs a transport whose channels are "
                + PollableChannel.class.getName() + ", and "
                + connection.channel().getClass().getName()
                + " is not: use another dispatcher, such as Dispatchers.threads()");
    }

    private void take(MessageTask task, PollableChannel channel) {
        if (closed) {
            throw new RejectedExecutionException("the event loop is closed, since its server is");
        }
        int turn = next;
        next = (turn + 1) % loops.length;
        Loop loop = loops[turn];
        if (loop == null || !loop.take(task, channel)) {
            Loop fresh = start(channel, turn);
            loops[turn] = fresh;
            if (!fresh.take(task, channel)) {
                throw new RejectedExecutionException("the event loop has failed as soon as it was started");
            }
        }
    }

    private Loop start(PollableChannel channel, int number) {
        try {
            return Loop.start(channel, options.name() + '-' + (number + 1), options);
        } catch (IOException e) {
            throw new RejectedExecutionException("no event loop can be started: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean blockOnClose() {
        return options.blockOnClose();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            for (Loop loop : loops) {
                if (loop != null) {
                    loop.close();
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
