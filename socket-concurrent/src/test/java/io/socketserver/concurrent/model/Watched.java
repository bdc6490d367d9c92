package io.socketserver.concurrent.model;

import io.socketserver.api.Dispatcher;

/** A dispatcher the tasks of which are watched. */
final class Watched implements Dispatcher {

    private final Dispatcher dispatcher;
    private final Tasks tasks;

    Watched(Dispatcher dispatcher, Tasks tasks) {
        this.dispatcher = dispatcher;
        this.tasks = tasks;
    }

    @Override
    public void execute(Runnable task) {
        tasks.dispatch(() -> dispatcher.execute(() -> tasks.end(task)));
    }

    @Override
    public boolean blockOnClose() {
        return dispatcher.blockOnClose();
    }

    @Override
    public int capacity() {
        return dispatcher.capacity();
    }

    @Override
    public void close() {
        dispatcher.close();
    }
}
