package io.socketserver.concurrent.model;

import io.socketserver.api.Connection;
import io.socketserver.api.Server;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The client of a handler that has the connection, and a thread, to itself. */
record ConnectionClient(Connection connection) implements Client {

    @Override
    public Server<?> server() {
        return connection.server().orElseThrow();
    }

    @Override
    public void answer() throws IOException {
        connection.writeLine(ANSWER);
    }

    @Override
    public void answerAtLength() throws IOException {
        for (int i = 0; i < 100; i++) {
            connection.writeLine(ANSWER);
        }
    }

    @Override
    public void answerAfter(Callable<?> work) throws Exception {
        FutureTask<?> other = new FutureTask<>(work);
        new Thread(other, "working").start();
        try {
            other.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
        answer();
    }

    @Override
    public void readOn() throws IOException {
        connection.readLine();
    }

    @Override
    public void hangUp() throws IOException {
        connection.close();
    }
}
