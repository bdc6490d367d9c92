package io.socketserver.samples.command;

import io.socketserver.api.DisconnectedException;
import io.socketserver.api.ErrorHandler;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.TimeLimit;
import java.io.IOException;
import java.io.PrintStream;
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
        out.println("failed: " + request + ": " + failure);
    }

    @Override
    public void timedOut(Request request, TimeLimit limit) {
        out.println("timed out: " + request + ": its " + limit + " is over");
    }

    @Override
    public void abandoned(Request request) {
        out.println("abandoned: " + request + " does not end");
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
