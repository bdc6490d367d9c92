package io.socketserver.samples.command;

import io.socketserver.api.Connection;
import java.io.IOException;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Sends lines and prints answers, in turns. It is all bytes: their encoding is a matter of the two ends. */
final class Conversation {

    static final int LONGEST_LINE = Connection.DEFAULT_MAX_LINE;

    private final Peer peer;
    private final Stdio stdio;
    private final LineInput input;
    private final boolean sendEmpty;

    Conversation(Peer peer, Stdio stdio, boolean sendEmpty) {
        this.peer = peer;
        this.stdio = stdio;
        this.input = new LineInput(stdio.in(), LONGEST_LINE);
        this.sendEmpty = sendEmpty;
    }

    void run() throws IOException {
        byte[] line = prompted();
        while (line != null && (sendEmpty || line.length > 0)) {
            peer.send(line);
            print(peer.receive());
            line = prompted();
        }
    }

    private byte @Nullable [] prompted() throws IOException {
        if (!stdio.terminal()) {
            return input.next();
        }
        stdio.out().print("> ");
        stdio.out().flush();
        byte[] line = input.next();
        if (line == null) {
            // What the terminal prints next should not stand behind the prompt.
            stdio.out().println();
        }
        return line;
    }

    private void print(byte[] answer) throws IOException {
        PrintStream out = stdio.out();
        out.writeBytes(LineInput.withoutLast('\n', answer));
        out.write('\n');
        if (out.checkError()) {
            throw new IOException("cannot write to standard output: it is closed");
        }
    }
}
