package io.socketserver.concurrent;

import io.socketserver.api.Dispatcher;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** Starts a thread for each task. */
final class ThreadDispatcher implements Dispatcher {

    private final ThreadOptions options;
    private final AtomicLong started = new AtomicLong();
    private volatile boolean closed;

    ThreadDispatcher(ThreadOptions options) {
        this.options = options;
    }

    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("the thread dispatcher is closed, since its server is");
        }
        Thread thread = new Thread(task, options.name() + '-' + started.incrementAndGet());
        thread.setDaemon(options.daemon());
        thread.start();
    }

    @Override
    public boolean blockOnClose() {
        return options.blockOnClose();
    }

    @Override
    public void close() {
        closed = true;
    }
}
