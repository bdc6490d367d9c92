package io.socketserver.samples.command;

import io.socketserver.api.Connection;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;

/** A server of streams: each line is sent with its ending, and an answer is what comes back at once. */
final class StreamPeer implements Peer {

    /** Networks cut what is longer than a packet into pieces, and what is shorter than this they do not. */
    private static final int UNCUT = 1024;

    private static final Duration NEXT_PIECE = Duration.ofMillis(200);

    private final Connection connection;
    private final Duration limit;

    StreamPeer(Connection connection, Duration limit) {
        this.connection = connection;
        this.limit = limit;
    }

    @Override
    public void send(byte[] line) throws IOException {
        byte[] message = Arrays.copyOf(line, line.length + 1);
        message[line.length] = '\n';
        // Any time-out will do: that there are some has to be known before the first use.
        connection.readTimeout(NEXT_PIECE);
        connection.write(message);
    }

    @Override
    public byte[] receive() throws IOException {
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
            return receivePiece(answer, limit);
        } catch (SocketTimeoutException e) {
            throw late(limit, e);
        }
    }

    private boolean receiveNext(ByteArrayOutputStream answer) throws IOException {
        try {
            return receivePiece(answer, NEXT_PIECE);
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private boolean receivePiece(ByteArrayOutputStream answer, Duration wait) throws IOException {
        connection.readTimeout(wait);
        byte[] piece = new byte[Conversation.LONGEST_LINE];
        int length = connection.read(piece);
        answer.write(piece, 0, Math.max(length, 0));
        return length >= 0;
    }

    private static boolean mayGoOn(byte[] answer) {
        return answer.length >= UNCUT && answer[answer.length - 1] != '\n';
    }

    /** Says of a time-out what it means to the one who set it. */
    static SocketTimeoutException late(Duration limit, SocketTimeoutException cause) {
        SocketTimeoutException late = new SocketTimeoutException("no answer within " + Durations.format(limit));
        late.initCause(cause);
        return late;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
