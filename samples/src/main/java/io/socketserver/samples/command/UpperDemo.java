package io.socketserver.samples.command;

import io.socketserver.api.Connection;
import io.socketserver.api.Server;
import io.socketserver.samples.UpperClients;
import io.socketserver.samples.UpperClients.Reply;
import io.socketserver.samples.UpperServer;
import java.io.IOException;

/** The upper-case server and many clients at once. */
final class UpperDemo implements DemoProgram {

    private static final int CLIENTS = 50;

    @Override
    public String title() {
        return "UpperServer, UpperClients: " + CLIENTS + " clients at once, and none waits for another";
    }

    @Override
    public void run(Transcript transcript) throws IOException, InterruptedException {
        try (Server<Connection> server = UpperServer.server("localhost", 0).start()) {
            for (Reply reply :
                    UpperClients.askAtOnce(server.uri().getHost(), server.uri().getPort(), CLIENTS)) {
                transcript.client(reply.sent());
                transcript.upper(reply.sent(), reply.answer());
            }
        }
    }
}
