package io.socketserver.samples.command;

import java.util.concurrent.Callable;

/**
 * Does something when a signal ends the process, which then exits with status 0.
 *
 * <p>The JVM's own status for that is 143, whatever its hooks do, so this one halts the JVM itself. An exit of any other
 * kind must keep its status: the program cancels the hook before it ends in its own way.
 */
final class SignalHook {

    /** How long the last line may take to print: nobody may be reading the other end of a full pipe. */
    private static final long PRINTING_MILLIS = 1000;

    private final Thread thread;

    private SignalHook(Thread thread) {
        this.thread = thread;
    }

    /**
     * Installs a hook.
     *
     * @param action what to do; its result is the line to print
     * @param stdio where to print it
     */
    static SignalHook install(Callable<?> action, Stdio stdio) {
        Thread thread = new Thread(() -> runAndHalt(action, stdio), "signal");
        Runtime.getRuntime().addShutdownHook(thread);
        return new SignalHook(thread);
    }

    /** Takes the hook away; does not return if a signal has come already, since the process ends from the hook then. */
    void cancel() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException shuttingDown) {
            joinForever(shuttingDown);
        }
    }

    private void joinForever(IllegalStateException reason) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            reason.addSuppressed(e);
            throw reason;
        }
    }

    private static void runAndHalt(Callable<?> action, Stdio stdio) {
        int status = 1;
        try {
            printWithin(String.valueOf(action.call()), stdio);
            status = 0;
        } catch (Exception e) {
            stdio.error("cannot stop in good order: " + e);
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }

    private static void printWithin(String line, Stdio stdio) throws InterruptedException {
        Thread printing = new Thread(() -> stdio.print(line), "last line");
        printing.start();
        printing.join(PRINTING_MILLIS);
    }
}
