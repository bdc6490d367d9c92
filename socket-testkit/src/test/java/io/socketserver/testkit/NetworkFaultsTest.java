package io.socketserver.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Endpoint;
import io.socketserver.api.Server;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each fault of a plan, by itself. */
class NetworkFaultsTest extends NetworkFixture {

    @Test
    void eachWriteArrivesByItselfAndWhenItShould() throws Exception {
        try (Network network = Network.seeded(1, SLOW);
                Endpoint<Connection> endpoint = network.bind("here");
                Connection client = network.connect("here");
                Connection server = endpoint.accept(Duration.ZERO)) {
            assertThat(millis(network)).as("there and back").isEqualTo(20);
            client.write("one".getBytes(UTF_8));
            client.write("two".getBytes(UTF_8));
            assertThat(server.read(new byte[9])).isEqualTo(3);
            assertThat(millis(network)).isEqualTo(30);
            assertThat(server.read(new byte[9])).isEqualTo(3);
            client.shutdownOutput();
            assertThat(server.read(new byte[9])).isEqualTo(-1);
            assertThat(millis(network)).isEqualTo(40);
            server.writeLine("still open");
            assertThat(client.readLine()).isEqualTo("still open");
            assertThat(network.transcript())
                    .isEqualTo(String.join(
                            "\n",
                            "seed 1, " + SLOW,
                            "0.010000000 client#1 connects to here",
                            "0.030000000 client#1 client> \"one\"",
                            "0.030000000 client#1 client> \"two\"",
                            "0.040000000 client#1 client> end",
                            "0.050000000 client#1 server> \"still open\\n\""));
        }
    }

    @Test
    void chunksMergeAndSplit() throws Exception {
        try (Network network = Network.seeded(1, FaultPlan.none().merge(1));
                Endpoint<Connection> endpoint = network.bind("here");
                Connection client = network.connect("here");
                Connection server = endpoint.accept(Duration.ZERO)) {
            client.write("one".getBytes(UTF_8));
            client.write("two".getBytes(UTF_8));
            assertThat(server.read(new byte[9])).isEqualTo(6);
        }
        try (Network network = Network.seeded(1, FaultPlan.none().split(1));
                Endpoint<Connection> endpoint = network.bind("here");
                Connection client = network.connect("here");
                Connection server = endpoint.accept(Duration.ZERO)) {
            client.write("one and two".getBytes(UTF_8));
            assertThat(server.read(new byte[99])).isBetween(1, 10);
        }
    }

    /** A writer that filled each little gap at once would have it split again, and so on. */
    @Test
    void muchAtOnceDoesNotFallIntoEverSmallerPieces() throws Exception {
        byte[] much = new byte[1_000_000];
        try (Network network = Network.seeded(1, FaultPlan.none().split(0.5));
                Endpoint<Connection> endpoint = network.bind("here");
                Connection client = network.connect("here");
                Connection server = endpoint.accept(Duration.ZERO)) {
            Async<Boolean> writer = Async.run(() -> {
                client.write(much);
                client.shutdownOutput();
            });
            assertThat(server.input().readAllBytes()).hasSize(much.length);
            assertThat(writer.join()).isTrue();
            assertThat(network.transcript().lines()).hasSizeLessThan(100);
        }
    }

    @Test
    void aStallHoldsUpWhatIsBehindIt() throws Exception {
        FaultPlan plan = FaultPlan.none().stall(1, Duration.ofSeconds(7));
        try (Network network = Network.seeded(1, plan);
                Endpoint<Connection> endpoint = network.bind("here");
                Connection client = network.connect("here");
                Connection server = endpoint.accept(Duration.ZERO)) {
            client.writeLine("late");
            client.shutdownOutput();
            assertThat(server.readLine()).isEqualTo("late");
            assertThat(server.readLine()).isNull();
            assertThat(millis(network)).isEqualTo(7000);
        }
    }

    @Test
    void aConnectionIsResetAtAByte() throws Exception {
        FaultPlan plan = FaultPlan.none().resetAt("client#2", Side.CLIENT, 5);
        try (Network network = Network.seeded(1, plan);
                Endpoint<Connection> endpoint = network.bind("here");
                Connection other = network.connect("here");
                Connection otherServer = endpoint.accept(Duration.ZERO);
                Connection client = network.connect("here");
                Connection server = endpoint.accept(Duration.ZERO)) {
            other.writeLine("unharmed");
            client.writeLine("harmed");
            assertThat(server.read(new byte[9])).isEqualTo(5);
            assertThatThrownBy(() -> server.read(new byte[9])).isInstanceOf(DisconnectedException.class);
            assertThatThrownBy(() -> client.read(new byte[9])).isInstanceOf(DisconnectedException.class);
            assertThatThrownBy(() -> server.write(new byte[1])).isInstanceOf(DisconnectedException.class);
            assertThat(otherServer.readLine()).isEqualTo("unharmed");
            assertThat(network.transcript()).endsWith("client#2 client> \"harme\"\n0.000000000 client#2 client> reset");
        }
    }

    @Test
    void aConnectionIsResetBeforeItsFirstByte() throws Exception {
        FaultPlan plan = FaultPlan.none().resetAt("client#1", Side.SERVER, 0);
        try (Network network = Network.seeded(1, plan);
                Endpoint<Connection> endpoint = network.bind("here");
                Connection client = network.connect("here")) {
            assertThatThrownBy(() -> client.read(new byte[9])).isInstanceOf(DisconnectedException.class);
            assertThat(endpoint.accept(Duration.ZERO)).isNotNull();
        }
    }

    @Test
    void aConnectionIsResetAfterATime() throws Exception {
        FaultPlan plan = FaultPlan.none().resetAfter("client#1", Duration.ofHours(2));
        try (Network network = Network.seeded(1, plan);
                Endpoint<Connection> endpoint = network.bind("here");
                Connection client = network.connect("here")) {
            assertThatThrownBy(() -> client.read(new byte[9])).isInstanceOf(DisconnectedException.class);
            assertThat(millis(network)).isEqualTo(Duration.ofHours(2).toMillis());
            assertThat(endpoint.accept(Duration.ZERO)).isNotNull();
        }
    }

    @Test
    void oneDirectionEndsAndTheOtherGoesOn() throws Exception {
        // The earlier of the two is what happens.
        FaultPlan plan = FaultPlan.none().resetAt("client#1", Side.CLIENT, 5).endAt("client#1", Side.CLIENT, 3);
        try (Network network = Network.seeded(1, plan);
                Endpoint<Connection> endpoint = network.bind("here");
                Connection client = network.connect("here");
                Connection server = endpoint.accept(Duration.ZERO)) {
            client.writeLine("question");
            assertThat(server.readLine()).isEqualTo("que");
            assertThat(server.readLine()).isNull();
            server.writeLine("answer");
            assertThat(client.readLine()).isEqualTo("answer");
            // What nobody will read does not fill anything.
            client.write(new byte[1_000_000]);
        }
    }

    @Test
    void failuresToAcceptAreBackedOffFromAndRecoveredFrom() throws Exception {
        FaultPlan plan = FaultPlan.none()
                .outOfDescriptors(Duration.ofSeconds(1), Duration.ofSeconds(4))
                .abort("client#2");
        Recorder recorder = new Recorder();
        try (Network network = Network.seeded(1, plan);
                LogCapture log = new LogCapture();
                Server<Connection> server = Server.on(network.bind("echo"))
                        .time(network.time())
                        .observe(recorder)
                        .handle(NetworkFixture::echo)
                        .start()) {
            network.pass(Duration.ofSeconds(1));
            try (Connection client = network.connect("echo")) {
                client.writeLine("patient");
                assertThat(client.readLine()).isEqualTo("patient");
                // 5 + 10 + ... + 640 ms, and then each second.
                assertThat(millis(network)).isEqualTo(1000 + 1275 + 2000);
            }
            try (Connection aborted = network.connect("echo")) {
                assertThatThrownBy(aborted::readLine).isInstanceOf(DisconnectedException.class);
            }
            try (Connection client = network.connect("echo")) {
                client.writeLine("third");
                assertThat(client.readLine()).isEqualTo("third");
            }
            assertThat(server.statistics().accepted()).isEqualTo(2);
            assertThat(log.messages()).as("one episode").hasSize(2);
        }
        assertThat(recorder.events())
                .containsSubsequence("accept failed, pause 5", "accept failed, pause 640", "accept failed, pause 1000")
                .endsWith("DRAINING -> CLOSED");
        assertThat(recorder.count("accept failed, pause 5")).isEqualTo(2);
    }

    @Test
    void aFailureShowsWhatHasHappened() {
        FaultPlan plan = FaultPlan.none().drop(0.5);
        assertThatThrownBy(() -> Network.simulate(42, plan, network -> {
                    network.connect("nowhere");
                }))
                .isInstanceOf(ConnectException.class)
                .satisfies(failure -> assertThat(failure.getSuppressed()[0])
                        .hasMessageContaining("seed 42")
                        .hasMessageContaining("drop(0.5)")
                        .hasMessageContaining("0.000000000 client#1 connection refused: nobody is at nowhere"));
    }

    @Test
    void datagramsAreLostDoubledLateAndCut() throws Exception {
        assertThat(received(FaultPlan.none().drop(1), "a")).isEmpty();
        assertThat(received(FaultPlan.none().duplicate(1), "a", "b")).containsExactly("a", "a", "b", "b");
        assertThat(received(FaultPlan.none().truncate(1), "abc"))
                .first()
                .asString()
                .hasSizeLessThan(3 + 1)
                .endsWith("~");
        Set<List<String>> orders = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            orders.add(received(seed, FaultPlan.none().reorder(0.5, Duration.ofMillis(1)), "a", "b"));
        }
        assertThat(orders).containsExactlyInAnyOrder(List.of("a", "b"), List.of("b", "a"));
    }

    @Test
    void aLostDatagramIsInTheTranscript() throws Exception {
        try (Network network = Network.seeded(1, FaultPlan.none().drop(1));
                Endpoint<Datagram> endpoint = network.bindDatagram("there");
                DatagramClient client = network.openDatagram("there")) {
            client.send("a".getBytes(UTF_8));
            assertThat(endpoint.accept(Duration.ofSeconds(1))).isNull();
            assertThat(network.transcript()).endsWith("\n0.000000000 client#1 client> datagram \"a\" lost");
        }
    }

    private static List<String> received(FaultPlan plan, String... payloads) throws IOException {
        return received(1, plan, payloads);
    }

    /** What arrives, in its order, with a mark if it was cut. */
    private static List<String> received(long seed, FaultPlan plan, String... payloads) throws IOException {
        List<String> received = new ArrayList<>();
        try (Network network = Network.seeded(seed, plan);
                Endpoint<Datagram> endpoint = network.bindDatagram("there");
                DatagramClient client = network.openDatagram("there")) {
            for (String payload : payloads) {
                client.send(payload.getBytes(UTF_8));
            }
            for (Datagram next; (next = endpoint.accept(Duration.ofSeconds(1))) != null; ) {
                received.add(UTF_8.decode(next.payload()) + (next.truncated() ? "~" : ""));
            }
        }
        return received;
    }
}
