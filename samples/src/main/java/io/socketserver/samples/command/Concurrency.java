package io.socketserver.samples.command;

import io.socketserver.api.Dispatcher;
import io.socketserver.concurrent.Dispatchers;
import java.util.Locale;

/** The values of {@code --concurrency}. */
enum Concurrency {
    SEQUENTIAL,
    THREADS;

    Dispatcher dispatcher() {
        return switch (this) {
            case SEQUENTIAL -> Dispatcher.sequential();
            case THREADS -> Dispatchers.threads();
        };
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
