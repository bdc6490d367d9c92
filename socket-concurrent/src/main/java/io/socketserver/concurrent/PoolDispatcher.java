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
                (task, pool) -> reject(pool, options));
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

    private static void reject(ThreadPoolExecutor pool, PoolOptions options) {
        if (pool.isShutdown()) {
            throw new RejectedExecutionException("the pool is closed, since its server is");
        }
        throw new PoolFullException("the pool has no room: its " + options.threads()
                + " threads are busy, and its queue of " + options.queue() + " is full");
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

    /** Has no stack trace: it would be the same for every client, and there are many of them when it comes. */
    private static final class PoolFullException extends RejectedExecutionException {

        private static final long serialVersionUID = 1L;

        PoolFullException(String message) {
            super(message);
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it touches nothing
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
