package io.socketserver.api;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Decides on which thread a request is handled: a server's concurrency strategy.
 *
 * <p>It takes the place of Python's {@code process_request} and its mix-ins. A dispatcher belongs to one server, which
 * closes it. More of them are in the module {@code io.socketserver.concurrent}.
 */
public interface Dispatcher extends Executor, AutoCloseable {

    /**
     * Runs the task, now or later, on this thread or another.
     *
     * <p>The server calls this on its accepting thread, so a call that blocks stops accepting. A task throws nothing
     * and leaves no interrupt behind on the thread that ran it.
     *
     * @param task a request being handled from beginning to end
     * @throws RejectedExecutionException if it cannot be taken; the server closes that request and goes on. Errors of
     *     the runtime, such as a thread that cannot start, have the same effect
     */
    @Override
    void execute(Runnable task);

    /**
     * Whether {@link Server#close()} waits for the requests that are still being handled: Python's {@code
     * block_on_close}.
     *
     * @return true unless it was built otherwise
     */
    default boolean blockOnClose() {
        return true;
    }

    /**
     * A task that was given to {@link #execute} and has not run has ended without it, at a limit in time say: it need not
     * be kept. Running it does nothing.
     *
     * @param task what {@code execute} was given
     */
    default void discard(Runnable task) {}

    /**
     * How many tasks it has room for, running and waiting: the server accepts no more requests than that at once.
     *
     * @return a positive number, {@link Integer#MAX_VALUE} for no limit, as by default
     */
    default int capacity() {
        return Integer.MAX_VALUE;
    }

    /**
     * Takes no more tasks and releases idle threads, without waiting for tasks that still run; idempotent.
     *
     * <p>Waiting is the server's part: it knows its requests.
     */
    @Override
    void close();

    /**
     * The strategy of Python's plain servers: the accepting thread handles each request before it accepts the next.
     *
     * <p>A handler that blocks stalls the server. {@link Server#shutdown()} works from within a handler and from
     * outside, and takes effect when the current request has ended.
     *
     * @return a dispatcher without threads or state
     */
    static Dispatcher sequential() {
        return Sequential.INSTANCE;
    }
}
