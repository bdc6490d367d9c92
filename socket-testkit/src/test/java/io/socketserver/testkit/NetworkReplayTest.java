package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Limits;
import io.socketserver.api.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Under sequential dispatch the same seed gives the same transcript, each time. */
class NetworkReplayTest {

    private static final FaultPlan PLAN = FaultPlan.none()
            .delay(Duration.ofMillis(1), Duration.ofMillis(20))
            .split(0.3)
            .merge(0.2)
            .stall(0.05, Duration.ofSeconds(2))
            .reset(0.01)
            .abort(0.1);
    private static final Limits IDLE = Limits.none().idleTimeout(Duration.ofMinutes(5));

    @Test
    void aThousandTranscriptsAreTheSame() throws Exception {
        LeakCheck leaks = LeakCheck.begin();
        String first = transcript(PLAN);
        assertThat(first).contains("server> \"hello").contains("client#3").hasLineCount(first.split("\n").length);
        for (int i = 0; i < 1000; i++) {
            assertThat(transcript(PLAN)).isEqualTo(first);
        }
        leaks.assertNone();
    }

    /** Whoever accepts has something to tell as soon as somebody connects. */
    @Test
    void whoIsNotAcceptedHasConnectedBefore() throws Exception {
        FaultPlan plan = PLAN.abort(0.4).outOfDescriptors(Duration.ofMillis(100), Duration.ofSeconds(2));
        assertReplays(plan, IDLE.acceptRate(2));
    }

    /** Whoever is woken by a reset ends its side as the other is being reset. */
    @Test
    void aResetIsOneAtBothEnds() throws Exception {
        assertReplays(PLAN.reset(0.1), IDLE);
    }

    private static void assertReplays(FaultPlan plan, Limits limits) throws Exception {
        LeakCheck leaks = LeakCheck.begin();
        Set<String> transcripts = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            try (Network network = Network.seeded(11, plan);
                    Server<Connection> server = Server.on(network.bind("echo"))
                            .limits(limits)
                            .handle(NetworkReplayTest::echo)
                            .start()) {
                for (int conversation = 0; conversation < 6; conversation++) {
                    converse(network);
                }
                assertThat(server.draining()).isFalse();
                transcripts.add(network.transcript());
            }
        }
        assertThat(transcripts).hasSize(1);
        leaks.assertNone();
    }

    private static String transcript(FaultPlan plan) throws Exception {
        try (Network network = Network.seeded(42, plan);
                Server<Connection> server = Server.on(network.bind("echo"))
                        .time(network.time())
                        .limits(IDLE)
                        .handle(NetworkReplayTest::echo)
                        .start()) {
            for (int i = 0; i < 3; i++) {
                converse(network);
            }
            network.pass(Duration.ofMinutes(1));
            assertThat(server.draining()).isFalse();
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

    private static void echo(Connection connection) throws IOException {
        for (String line = connection.readLine(); line != null; line = connection.readLine()) {
            connection.writeLine(line);
        }
    }
}
