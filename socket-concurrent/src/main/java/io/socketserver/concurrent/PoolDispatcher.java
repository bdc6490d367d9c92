package io.socketserver.concurrent;

import io.socketserver.api.Dispatcher;
import io.socketserver.api.WhenFull;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Hands tasks to a number of threads that stay. */
final class PoolDispatcher implements Dispatcher {

    private static final long IDLE_SECONDS = 60;

    private final PoolOptions options;
    private final ThreadPoolExecutor pool;

    PoolDispatcher(PoolOptions options) {
        this.options = options;
        pool = new ThreadPoolExecutor(
                options.threads(),
                options.threads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                queue(options),
                ThreadDispatcher.platform(options.name(), options.daemon()),
                (task, full) -> reject(options));
        pool.allowCoreThreadTimeOut(true);
    }

    // What the server keeps out needs no bound here, where a thread that has just ended a task may not have taken the
    // next one yet.
    private static BlockingQueue<Runnable> queue(PoolOptions options) {
        if (options.whenFull() == WhenFull.QUEUE) {
            return new LinkedBlockingQueue<>();
        }
        return options.queue() == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(options.queue());
    }

    private static void reject(PoolOptions options) {
        throw new RejectedExecutionException("the pool has no room: its " + options.threads()
                + " threads are busy, and its queue of " + options.queue() + " is full, or its server is closed");
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    @Override
    public void discard(Runnable task) {
        pool.remove(task);
    }

    @Override
    public int capacity() {
        return options.whenFull() == WhenFull.QUEUE ? options.threads() + options.queue() : Integer.MAX_VALUE;
    }

    @Override
    public boolean blockOnClose() {
        return options.blockOnClose();
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
