package io.socketserver.concurrent;

import io.socketserver.api.Dispatcher;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Starts a thread for each task, of whatever kind. */
final class ThreadDispatcher implements Dispatcher {

    private final ThreadFactory threads;
    private final boolean blockOnClose;
    private volatile boolean closed;

    ThreadDispatcher(ThreadFactory threads, boolean blockOnClose) {
        this.threads = threads;
        this.blockOnClose = blockOnClose;
    }

    /** Makes threads of the operating system. */
    static ThreadFactory platform(String name, boolean daemon) {
        AtomicLong count = new AtomicLong();
        return task -> {
            Thread thread = new Thread(task, name + '-' + count.incrementAndGet());
            thread.setDaemon(daemon);
            return thread;
        };
    }

    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("the thread dispatcher is closed, since its server is");
        }
        threads.newThread(task).start();
    }

    @Override
    public boolean blockOnClose() {
        return blockOnClose;
    }

    @Override
    public void close() {
        closed = true;
    }
}
