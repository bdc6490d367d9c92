package io.socketserver.samples.command;

import io.socketserver.api.Server;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** What {@code --stats} prints: a line for each period. */
final class StatisticsLine implements AutoCloseable {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "statistics");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> printing;

    StatisticsLine(Duration period, Server<?> server, Stdio stdio) {
        long nanos = period.toNanos();
        printing = timer.scheduleAtFixedRate(
                () -> stdio.print("stats: " + server.statistics()), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        printing.cancel(false);
        timer.shutdown();
    }
}
