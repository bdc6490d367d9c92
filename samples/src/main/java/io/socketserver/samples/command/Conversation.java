package io.socketserver.samples.command;

import io.socketserver.api.Connection;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sends lines and prints answers, in turns. It is all bytes: their encoding is a matter of the two ends. */
final class Conversation {

    private static final int LONGEST_LINE = Connection.DEFAULT_MAX_LINE;

    /** Networks cut what is longer than a packet into pieces, and what is shorter than this they do not. */
    private static final int UNCUT = 1024;

    private static final Duration NEXT_PIECE = Duration.ofMillis(200);

    private final Connection connection;
    private final Stdio stdio;
    private final LineInput input;
    private final Duration timeout;
    private final boolean sendEmpty;

    Conversation(Connection connection, Stdio stdio, Duration timeout, boolean sendEmpty) {
        this.connection = connection;
        this.stdio = stdio;
        this.input = new LineInput(stdio.in(), LONGEST_LINE);
        this.timeout = timeout;
        this.sendEmpty = sendEmpty;
    }

    void run() throws IOException {
        // Any time-out will do: that there are some has to be known before the first use.
        connection.readTimeout(NEXT_PIECE);
        byte[] line = prompted();
        while (line != null && (sendEmpty || line.length > 0)) {
            send(line);
            print(receive());
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

    private void send(byte[] line) throws IOException {
        byte[] message = Arrays.copyOf(line, line.length + 1);
        message[line.length] = '\n';
        connection.write(message);
    }

    private byte[] receive() throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        if (!receiveFirst(answer)) {
            throw new EOFException("the server has closed the connection without an answer");
        }
        boolean more = mayGoOn(answer.toByteArray());
        while (more) {
            more = receiveNext(answer) && mayGoOn(answer.toByteArray());
        }
        return answer.toByteArray();
    }

    private boolean receiveFirst(ByteArrayOutputStream answer) throws IOException {
        try {
            return receivePiece(answer, timeout);
        } catch (SocketTimeoutException e) {
            SocketTimeoutException late = new SocketTimeoutException("no answer within " + Durations.format(timeout));
            late.initCause(e);
            throw late;
        }
    }

    private boolean receiveNext(ByteArrayOutputStream answer) throws IOException {
        try {
            return receivePiece(answer, NEXT_PIECE);
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private boolean receivePiece(ByteArrayOutputStream answer, Duration limit) throws IOException {
        connection.readTimeout(limit);
        byte[] piece = new byte[LONGEST_LINE];
        int length = connection.read(piece);
        answer.write(piece, 0, Math.max(length, 0));
        return length >= 0;
    }

    private static boolean mayGoOn(byte[] answer) {
        return answer.length >= UNCUT && answer[answer.length - 1] != '\n';
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
