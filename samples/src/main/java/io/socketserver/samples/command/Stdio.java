package io.socketserver.samples.command;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * The standard streams, so that tests can put others in their place.
 *
 * @param in the input
 * @param out what was asked for
 * @param err what else there is to say
 * @param terminal whether a person sits at both input and output
 */
record Stdio(InputStream in, PrintStream out, PrintStream err, boolean terminal) {

    static Stdio system() {
        return new Stdio(System.in, System.out, System.err, isTerminal(System.console()));
    }

    /** Prints a line that is to be seen at once, even in a pipe. */
    void print(String line) {
        out.println(line);
        out.flush();
    }

    /** Prints a line that tells what went wrong. */
    void error(String line) {
        err.println(Main.NAME + ": " + line);
        err.flush();
    }

    // Up to Java 21 there is a console only at a terminal; from 22 on there may be one in a pipe, and it can be asked.
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null || Runtime.version().feature() < 22) {
            return console != null;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Console.isTerminal() is missing from Java " + Runtime.version(), e);
        }
    }
}
