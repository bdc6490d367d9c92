package io.socketserver.testkit.junit;

import io.socketserver.api.DrainReport;
import io.socketserver.api.Server;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Drains the server of a test in real time, also if its own time stands still. */
final class Draining {

    private Draining() {}

    static DrainReport of(Server<?> server, Duration grace) throws Exception {
        FutureTask<DrainReport> draining = new FutureTask<>(() -> server.drain(grace));
        Thread thread = new Thread(draining, "draining " + server.uri());
        thread.start();
        try {
            // A second more than it takes when the server goes by the system's time.
            return draining.get(grace.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Ends the grace.
            thread.interrupt();
            return draining.get();
        } finally {
            thread.join();
        }
    }
}
