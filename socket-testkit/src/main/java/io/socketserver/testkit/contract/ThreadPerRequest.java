package io.socketserver.testkit.contract;

import io.socketserver.api.Dispatcher;
import java.util.concurrent.RejectedExecutionException;

/** The plainest dispatcher under which requests do not wait for each other. */
final class ThreadPerRequest implements Dispatcher {

    private volatile boolean closed;

    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("closed");
        }
        new Thread(task, "contract request").start();
    }

    @Override
    public void close() {
        closed = true;
    }
}
