package io.socketserver.testkit;

import io.socketserver.api.Dispatcher;
import java.util.concurrent.RejectedExecutionException;

/** The dispatchers that the engine's tests run under. */
enum Strategy {
    SEQUENTIAL,
    THREADS;

    Dispatcher create() {
        return this == SEQUENTIAL ? Dispatcher.sequential() : new Threads();
    }

    /** A thread per request; the real one is in a module that this one does not know. */
    static class Threads implements Dispatcher {

        private volatile boolean closed;

        @Override
        public void execute(Runnable task) {
            if (closed) {
                throw new RejectedExecutionException("closed");
            }
            new Thread(task, "request").start();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** The same, but the server does not wait for its requests. */
    static final class DaemonThreads extends Threads {

        @Override
        public boolean blockOnClose() {
            return false;
        }
    }
}
