package io.socketserver.samples.command;

import java.util.Locale;

/** The values of {@code --concurrency}. */
enum Concurrency {
    SEQUENTIAL,
    THREADS,
    VIRTUAL,
    POOL,
    PROCESS,
    EVENT_LOOP;

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
