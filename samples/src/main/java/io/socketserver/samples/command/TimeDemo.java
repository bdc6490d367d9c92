package io.socketserver.samples.command;

import io.socketserver.api.Connection;
import io.socketserver.api.Server;
import io.socketserver.api.Transports;
import io.socketserver.samples.Ctime;
import io.socketserver.samples.TimeClient;
import io.socketserver.samples.TimeServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;

/** The time server and its client. */
final class TimeDemo implements DemoProgram {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    @Override
    public String title() {
        return "TimeServer, TimeClient: whatever is sent, the answer is the time";
    }

    @Override
    public void run(Transcript transcript) throws IOException {
        try (Server<Connection> server = TimeServer.server("localhost", 0).start()) {
            talk(server.uri(), List.of("hello", "what time is it?"), transcript);
        }
    }

    static void talk(URI server, List<String> lines, Transcript transcript) throws IOException {
        try (Connection connection = Transports.connect(server, PATIENCE)) {
            connection.readTimeout(PATIENCE);
            for (String line : lines) {
                transcript.client(line);
                String answer = TimeClient.ask(connection, line);
                transcript.server(answer);
                check(answer, transcript);
            }
        }
    }

    static void check(String answer, Transcript transcript) {
        transcript.reply();
        LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
        try {
            Duration off = Duration.between(Ctime.parse(answer), now).abs();
            transcript.check(
                    off.compareTo(TOLERANCE) <= 0, "the answer '" + answer + "' is " + off.toSeconds() + " s off");
        } catch (DateTimeParseException e) {
            transcript.check(false, "the answer '" + answer + "' is not a time as ctime() writes it");
        }
    }
}
