package io.socketserver.samples.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketserver.api.Endpoint;
import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.Transports;
import io.socketserver.samples.UpperServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One handler behind each of the four transports. */
final class TransportsDemo implements DemoProgram {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public String title() {
        return "The same handler class over all four transports";
    }

    @Override
    public void run(Transcript transcript) throws IOException {
        Path folder = Files.createTempDirectory("socketserver-demo");
        try {
            String path = folder.toUri().getRawPath();
            Handler<Request> handler = UpperServer.handler();
            for (String address : List.of(
                    "tcp://localhost:0",
                    "udp://localhost:0",
                    "unix:" + path + "stream",
                    "unixgram:" + path + "datagrams")) {
                serve(Transports.bind(URI.create(address)), handler, transcript);
            }
        } finally {
            // The servers have removed their sockets by now.
            Files.delete(folder);
        }
    }

    private static <R extends Request> void serve(Endpoint<R> endpoint, Handler<Request> handler, Transcript transcript)
            throws IOException {
        try (Server<R> server = Server.on(endpoint).handle(handler).start();
                Peer peer = Peer.of(server.uri(), PATIENCE)) {
            transcript.console("listening on " + server.uri());
            for (String line : List.of("hello " + server.uri().getScheme(), "and good-bye")) {
                transcript.client(line);
                peer.send(line.getBytes(UTF_8));
                transcript.upper(line, new String(LineInput.withoutLast('\n', peer.receive()), UTF_8));
            }
        }
    }
}
