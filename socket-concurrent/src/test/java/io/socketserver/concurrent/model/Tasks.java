package io.socketserver.concurrent.model;

import java.util.concurrent.Phaser;
import java.util.function.Consumer;

/** Knows when all tasks of a dispatcher are over, and holds them to what is promised of tasks. */
final class Tasks {

    private final Consumer<Throwable> broken;
    private final Phaser running = new Phaser(1);

    Tasks(Consumer<Throwable> broken) {
        this.broken = broken;
    }

    /** One is handed to the dispatcher, which throws if it does not take it. */
    void dispatch(Runnable handing) {
        running.register();
        boolean taken = false;
        try {
            handing.run();
            taken = true;
        } finally {
            if (!taken) {
                running.arriveAndDeregister();
            }
        }
    }

    /** One comes to its end, on the thread that it was run by. */
    void end(Runnable end) {
        try {
            end.run();
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
}
