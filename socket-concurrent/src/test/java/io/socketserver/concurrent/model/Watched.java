package io.socketserver.concurrent.model;

import io.socketserver.api.Dispatcher;
import java.util.concurrent.Phaser;
import java.util.function.Consumer;

/** A dispatcher that knows when all its tasks are over, and holds them to what is promised of tasks. */
final class Watched implements Dispatcher {

    private final Dispatcher dispatcher;
    private final Consumer<Throwable> broken;
    private final Phaser running = new Phaser(1);

    Watched(Dispatcher dispatcher, Consumer<Throwable> broken) {
        this.dispatcher = dispatcher;
        this.broken = broken;
    }

    @Override
    public void execute(Runnable task) {
        running.register();
        boolean taken = false;
        try {
            dispatcher.execute(() -> run(task));
            taken = true;
        } finally {
            if (!taken) {
                running.arriveAndDeregister();
            }
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable t) {
            broken.accept(new AssertionError("a task threw something", t));
        } finally {
            if (Thread.currentThread().isInterrupted()) {
                broken.accept(new AssertionError("a task left an interrupt behind"));
            }
            running.arriveAndDeregister();
        }
    }

    void awaitAll() {
        running.arriveAndAwaitAdvance();
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
