package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Handler;
import io.socketserver.api.Server;
import io.socketserver.api.ServerBuilder;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** A server in memory, on a time of its own, of which nothing is left in the end and nothing logged. */
abstract class ServerFixture {

    /** More than anything takes that is waited for in real time. */
    static final Duration LONG = Duration.ofSeconds(15);

    static final Handler<Connection> ECHO = connection -> connection.writeLine(connection.readLine());

    private final LeakCheck leaks = LeakCheck.begin();
    final VirtualTime time = new VirtualTime();
    final MemoryEndpoint endpoint =
            MemoryEndpoint.bind("test", MemoryOptions.defaults().time(time));
    final Recorder seen = new Recorder();
    final LogCapture log = new LogCapture();

    ServerBuilder<Connection> on() {
        return Server.on(endpoint).time(time).observe(seen).onError(seen);
    }

    /** What a client is answered. */
    String ask(String question) throws Exception {
        try (Connection client = endpoint.connect()) {
            client.writeLine(question);
            return client.readLine();
        }
    }

    @AfterEach
    void leavesNothing() {
        log.close();
        endpoint.close();
        leaks.assertNone();
        assertThat(log.messages()).isEmpty();
    }
}
