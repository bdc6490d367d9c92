package io.socketserver.api;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Drains a server when the process is told to end, by SIGTERM, Ctrl-C or {@link System#exit}; for commands.
 *
 * <pre>{@code
 * try (var server = Server.on(endpoint).handle(handler);
 *         var hook = ShutdownHook.drain(server, Duration.ofSeconds(5), report -> Runtime.getRuntime().halt(0))) {
 *     server.serve();
 * }
 * }</pre>
 *
 * <p>A JVM that a signal ends exits with the signal's status, 143 for SIGTERM, whatever its hooks do; a command that wants
 * another halts the JVM itself when the drain is over. A library leaves hooks to the command. Thread-safe.
 */
public final class ShutdownHook implements AutoCloseable {

    private final Thread thread;

    private ShutdownHook(Thread thread) {
        this.thread = thread;
    }

    /**
     * Installs the hook.
     *
     * @param server drained when the process ends, if it has not ended before
     * @param grace how long its requests may go on
     * @param then told how they ended, on the hook's thread, while the process waits; may halt it
     * @return the hook, to be closed when the command ends in its own way
     * @throws IllegalStateException if the process is ending already
     */
    public static ShutdownHook drain(Server<?> server, Duration grace, Consumer<? super DrainReport> then) {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(grace, "grace");
        Objects.requireNonNull(then, "then");
        Thread thread = new Thread(() -> then.accept(server.drain(grace)), "shutdown of " + server.uri());
        Runtime.getRuntime().addShutdownHook(thread);
        return new ShutdownHook(thread);
    }

    /**
     * Takes the hook away. If it is at work already, this blocks until that is done, and so does not return if the hook
     * halts the process. Idempotent.
     *
     * @throws IllegalStateException if this thread is interrupted while the hook is at work; its flag is kept
     */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException ending) {
            join(ending);
        }
    }

    private void join(IllegalStateException ending) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ending.addSuppressed(e);
            throw ending;
        }
    }
}
