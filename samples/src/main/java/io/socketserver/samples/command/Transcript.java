package io.socketserver.samples.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints the conversations of the demo, and keeps count of what was right and what was wrong. */
final class Transcript {

    private final Stdio stdio;
    private final List<String> wrong = new ArrayList<>();
    private String title = "";
    private int replies;

    Transcript(Stdio stdio) {
        this.stdio = stdio;
    }

    void begin(String program) {
        title = program;
        stdio.print((replies == 0 ? "" : "\n") + "== " + program);
    }

    void client(String line) {
        stdio.print("client> " + line);
    }

    void server(String line) {
        stdio.print("server> " + line);
    }

    /** Prints what the server's own console shows. */
    void console(String line) {
        stdio.print("server| " + line);
    }

    /** Prints a reply that should be a line in upper case, and checks it. */
    void upper(String sent, String answer) {
        server(answer);
        reply();
        check(answer.equals(sent.toUpperCase(Locale.ROOT)), "'" + sent + "' was answered with '" + answer + "'");
    }

    /** Counts a reply, whatever is wrong with it. */
    void reply() {
        replies++;
    }

    void check(boolean right, String otherwise) {
        if (!right) {
            wrong.add(title + ": " + otherwise);
        }
    }

    int replies() {
        return replies;
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }
}
