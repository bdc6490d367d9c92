package io.socketserver.concurrent;

import io.socketserver.api.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A connection's bytes, relayed as they come. */
final class StreamTraffic implements Traffic {

    private static final int CHUNK = 16_384;

    private final Connection connection;

    StreamTraffic(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void feed(OutputStream stdin) throws IOException {
        byte[] chunk = new byte[CHUNK];
        boolean wanted = true;
        // Read on although the child does not: a peer that writes must not wait for ever, and may go away.
        for (int count = connection.read(chunk); count >= 0; count = connection.read(chunk)) {
            wanted = wanted && taken(stdin, chunk, count);
        }
    }

    private static boolean taken(OutputStream stdin, byte[] chunk, int count) {
        try {
            stdin.write(chunk, 0, count);
            stdin.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void answer(InputStream stdout) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int count = stdout.read(chunk); count >= 0; count = stdout.read(chunk)) {
            connection.write(chunk, 0, count);
        }
    }

    @Override
    public void endAnswer() {
        quietly(connection::shutdownOutput);
    }

    @Override
    public void stopFeeding() {
        quietly(connection::shutdownInput);
    }

    @Override
    public void stopAnswering() {
        quietly(connection::close);
    }

    @Override
    public void complete() {
        // All of it is written.
    }

    private interface Ending {
        void end() throws IOException;
    }

    // A connection that cannot be ended has ended.
    private static void quietly(Ending ending) {
        try {
            ending.end();
        } catch (IOException e) {
            return;
        }
    }
}
