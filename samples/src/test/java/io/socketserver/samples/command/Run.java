package io.socketserver.samples.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** One run of the command inside the test's JVM. */
record Run(int status, String out, String err) {

    static Run of(String... args) {
        return withInput("", args);
    }

    static Run withInput(String input, String... args) {
        return run(input, false, args);
    }

    static Run atTerminal(String input, String... args) {
        return run(input, true, args);
    }

    private static Run run(String input, boolean terminal, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Stdio stdio = new Stdio(
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, false, UTF_8),
                terminal);
        int status = Main.commandLine(stdio).execute(args);
        stdio.out().flush();
        stdio.err().flush();
        return new Run(status, out.toString(UTF_8), err.toString(UTF_8));
    }
}
