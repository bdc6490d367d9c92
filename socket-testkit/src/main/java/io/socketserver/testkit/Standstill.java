package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Notices that nothing happens any more on a network, and tells once what everybody does, in the system logger {@code
 * io.socketserver.testkit}: a test that hangs does not say why by itself.
 */
final class Standstill {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TimeSource real = TimeSource.system();
    private final Duration patience;
    private final Consumer<String> log;
    private long since = real.nanoTime();
    private boolean told;

    Standstill() {
        this(PATIENCE, text -> System.getLogger("io.socketserver.testkit").log(Level.WARNING, text));
    }

    /** With another patience, in real time, and somebody else who is told. */
    Standstill(Duration patience, Consumer<String> log) {
        this.patience = patience;
        this.log = log;
    }

    /** To be called now and then: whether anything has happened since the last time, and what everybody does. */
    void look(boolean moved, Supplier<String> situation) {
        long now = real.nanoTime();
        if (moved) {
            since = now;
        } else if (!told && now - since >= patience.toNanos()) {
            told = true;
            log.accept(
                    "nothing has happened for " + patience.toMillis() + " ms of real time on a network. While a thread"
                            + " runs its time stands still; where all wait nobody is left to wake them, as when a server was not"
                            + " started, or does not answer:\n" + situation.get());
        }
    }
}
