package io.socketserver.samples.command;

import io.socketserver.api.DisconnectedException;
import io.socketserver.api.ErrorHandler;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import java.io.IOException;
import java.io.PrintStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** What {@code --verbose} prints: a line for each thing that happens to a request. */
final class ConnectionLog implements Observer, ErrorHandler {

    private final PrintStream out;

    ConnectionLog(PrintStream out) {
        this.out = out;
    }

    @Override
    public void accepted(Request request) {
        out.println("opened: " + request);
    }

    @Override
    public void refused(Request request, Refusal reason) {
        out.println("refused: " + request + ": " + reason);
    }

    @Override
    public void disconnected(Request request, DisconnectedException cause) {
        out.println("disconnected: " + cause.getMessage());
    }

    @Override
    public void handle(Request request, Throwable failure) {
        out.println(
                failure instanceof SocketTimeoutException
                        ? "timed out: " + request + " has sent nothing for too long"
                        : "failed: " + request + ": " + failure);
    }

    @Override
    public void ended(Request request) {
        out.println("closed: " + request);
    }

    @Override
    public void acceptFailed(Server<?> server, IOException failure, Duration pause) {
        out.println("cannot accept: " + failure.getMessage() + "; trying again in " + Durations.format(pause));
    }
}
