package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Limits;
import io.socketserver.api.Server;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.testkit.FaultPlan;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.Network;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** With a single event loop the same seed gives the same transcript, each time. */
class NetworkReplayTest {

    private static final FaultPlan PLAN = FaultPlan.none()
            .delay(Duration.ofMillis(1), Duration.ofMillis(20))
            .split(0.3)
            .merge(0.2)
            .stall(0.05, Duration.ofSeconds(2))
            .reset(0.01)
            .abort(0.1);

    @Test
    void aThousandTranscriptsAreTheSame() throws Exception {
        LeakCheck leaks = LeakCheck.begin();
        String first = transcript();
        assertThat(first).contains("server> \"hello").contains("client#3");
        for (int i = 0; i < 1000; i++) {
            assertThat(transcript()).isEqualTo(first);
        }
        leaks.assertNone();
    }

    private static String transcript() throws Exception {
        MessageHandler echo = (message, replies) -> replies.send(message);
        try (Network network = Network.seeded(42, PLAN);
                Server<Connection> server = Server.on(network.bind("echo"))
                        .time(network.time())
                        .limits(Limits.none().idleTimeout(Duration.ofMinutes(5)))
                        .dispatch(Dispatchers.eventLoop(EventLoopOptions.of(1)))
                        .handle(echo.over(Framing.lines()))
                        .start();
                // Its conversation goes on beside the others.
                Connection idle = network.connect("idler", "echo")) {
            for (int i = 0; i < 3; i++) {
                converse(network);
            }
            network.pass(Duration.ofMinutes(1));
            assertThat(server.draining() || !idle.isOpen()).isFalse();
            return network.transcript();
        }
    }

    /** Asks some, and waits for being hung up on. */
    private static void converse(Network network) throws IOException {
        try (Connection client = network.connect("echo")) {
            for (int i = 0; i < 5; i++) {
                client.writeLine("hello " + i);
                client.readLine();
            }
            assertThat(client.readLine()).isNull();
        } catch (DisconnectedException e) {
            // As planned.
        }
    }
}
