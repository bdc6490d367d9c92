package io.socketserver.checks;

import io.socketserver.api.Connection;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Transports;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a server once, whatever its transport. */
final class Client {

    static final Duration LIMIT = Duration.ofSeconds(60);

    private Client() {}

    /** Sends a line, or a datagram without an ending, and returns what comes back. */
    static String ask(String uri, String line) throws IOException {
        URI server = URI.create(uri);
        if (!Transports.isStream(server)) {
            try (DatagramClient client = Transports.open(server)) {
                client.send(line.getBytes(StandardCharsets.UTF_8));
                return StandardCharsets.UTF_8
                        .decode(client.receive(LIMIT).payload())
                        .toString();
            }
        }
        try (Connection client = Transports.connect(server, LIMIT)) {
            client.readTimeout(LIMIT);
            client.writeLine(line);
            return String.valueOf(client.readLine());
        }
    }
}
