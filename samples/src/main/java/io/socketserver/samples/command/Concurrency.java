package io.socketserver.samples.command;

import io.socketserver.api.Dispatcher;
import io.socketserver.concurrent.Dispatchers;
import java.util.Locale;

/** The values of {@code --concurrency}. */
enum Concurrency {
    SEQUENTIAL,
    THREADS,
    VIRTUAL,
    POOL,
    PROCESS;

    Dispatcher dispatcher(int poolSize) {
        return switch (this) {
            case SEQUENTIAL -> Dispatcher.sequential();
            // A thread for each child waits for it.
            case THREADS, PROCESS -> Dispatchers.threads();
            case VIRTUAL -> Dispatchers.virtualThreads();
            case POOL -> Dispatchers.pool(poolSize);
        };
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
