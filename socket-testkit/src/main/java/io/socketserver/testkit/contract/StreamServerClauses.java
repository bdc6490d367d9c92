package io.socketserver.testkit.contract;

import io.socketserver.api.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A server's life on a transport of streams. */
final class StreamServerClauses {

    private StreamServerClauses() {}

    static List<Clause<StreamStage>> all() {
        return List.of(
                new Clause<>("server sees half-close", StreamServerClauses::halfClose),
                new Clause<>("disconnect is told", StreamServerClauses::disconnect));
    }

    private static void halfClose(StreamStage stage) throws Exception {
        Served<Connection> served = Served.anywhere(stage, connection -> {
            byte[] question = connection.input().readAllBytes();
            connection.write(question);
            connection.write(question);
        });
        Connection client = stage.connect(served.server().uri());
        client.write("twice".getBytes(StandardCharsets.UTF_8));
        client.shutdownOutput();
        String answer = new String(client.input().readAllBytes(), StandardCharsets.UTF_8);
        Check.equal("twicetwice", answer, "the answer to a question that ended with a half-close");
        served.end(Duration.ofHours(1));
    }

    // Not a failure of the handler, but an event for the observers.
    private static void disconnect(StreamStage stage) throws Exception {
        Served<Connection> served = Served.anywhere(stage, connection -> new Flood(connection).pour());
        Connection client = stage.connect(served.server().uri());
        Pattern.expect(client, 0, 1);
        stage.scope().close(client);
        served.awaitDisconnect();
        served.end(Duration.ofHours(1));
    }
}
