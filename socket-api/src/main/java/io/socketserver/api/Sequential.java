package io.socketserver.api;

/** Runs each task on the thread that brings it. */
enum Sequential implements Dispatcher {
    INSTANCE;

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void close() {
        // Nothing is held: the thread belongs to whoever called serve().
    }
}
