package io.socketserver.samples.command;

import io.socketserver.api.DrainReport;
import io.socketserver.api.Server;
import io.socketserver.api.ShutdownHook;
import java.time.Duration;

/**
 * Drains the server when a signal ends the process, prints how that went, and exits with status 0.
 *
 * <p>The JVM's own status for that is 143, whatever its hooks do, so this one halts the JVM itself. An exit of any other
 * kind must keep its status: the program closes the hook before it ends in its own way.
 */
final class SignalHook {

    /** How long the last line may take to print: nobody may be reading the other end of a full pipe. */
    private static final long PRINTING_MILLIS = 1000;

    private SignalHook() {}

    static ShutdownHook install(Server<?> server, Duration grace, Stdio stdio) {
        return ShutdownHook.drain(server, grace, report -> printAndHalt(report, stdio));
    }

    private static void printAndHalt(DrainReport report, Stdio stdio) {
        int status = 1;
        try {
            Thread printing = new Thread(() -> stdio.print(report.toString()), "last line");
            printing.start();
            printing.join(PRINTING_MILLIS);
            status = 0;
        } catch (InterruptedException e) {
            stdio.error("cannot stop in good order: " + e);
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }
}
