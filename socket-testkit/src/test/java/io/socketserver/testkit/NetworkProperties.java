package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Endpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;

/** Whatever the plan and the seed, a network keeps to what a network may do. */
class NetworkProperties {

    private static final Duration LONGEST = Duration.ofMillis(50);

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterTry
    void leavesNothing() {
        leaks.assertNone();
    }

    /** Plans that lose nothing of a stream. */
    @Provide
    Arbitrary<FaultPlan> plans() {
        Arbitrary<Double> chances = Arbitraries.of(0.0, 0.1, 0.5, 1.0);
        return Combinators.combine(
                        chances, chances, chances, Arbitraries.integers().between(0, 50))
                .as((split, merge, stall, delay) -> FaultPlan.none()
                        .split(split)
                        .merge(merge)
                        .stall(stall, Duration.ofMillis(200))
                        .delay(Duration.ofMillis(delay / 2), Duration.ofMillis(delay)));
    }

    private static byte[] pattern(int from, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (from + i);
        }
        return bytes;
    }

    private static Async<Boolean> sending(Connection connection, List<Integer> sizes) {
        return Async.run(() -> {
            int sent = 0;
            try {
                for (int size : sizes) {
                    connection.write(pattern(sent, size));
                    sent += size;
                }
                connection.shutdownOutput();
            } catch (DisconnectedException e) {
                // As planned.
            }
        });
    }

    /** Reads to the end and checks that each byte is the successor of the one before; returns how many they were. */
    private static int received(Connection connection) throws IOException {
        int total = 0;
        byte[] bytes = new byte[100];
        for (int count; (count = connection.read(bytes)) >= 0; total += count) {
            assertThat(ByteBuffer.wrap(bytes, 0, count)).isEqualTo(ByteBuffer.wrap(pattern(total, count)));
        }
        return total;
    }

    private static int sum(List<Integer> sizes) {
        return sizes.stream().mapToInt(Integer::intValue).sum();
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void bytesArriveInOrderAndWhole(
            @ForAll long seed,
            @ForAll("plans") FaultPlan plan,
            @ForAll @Size(max = 20) List<@IntRange(max = 300) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 500) int capacity)
            throws Exception {
        Network.simulate(seed, plan, network -> {
            try (Endpoint<Connection> endpoint =
                            network.bind("here", MemoryOptions.defaults().capacity(capacity));
                    Connection client = network.connect("here");
                    Connection server = Objects.requireNonNull(endpoint.accept(Duration.ZERO))) {
                Async<Boolean> there = sending(client, sizes);
                Async<Boolean> back = sending(server, sizes);
                Async<Integer> answer = Async.call(() -> received(client));
                assertThat(received(server)).isEqualTo(sum(sizes));
                assertThat(answer.join()).isEqualTo(sum(sizes));
                assertThat(there.join() && back.join()).isTrue();
            }
        });
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void theSameSeedGivesTheSameTranscript(
            @ForAll long seed,
            @ForAll("plans") FaultPlan plan,
            @ForAll @Size(max = 10) List<@IntRange(max = 300) Integer> sizes)
            throws Exception {
        FaultPlan harmful = plan.reset(0.05);
        assertThat(transcript(seed, harmful, sizes)).isEqualTo(transcript(seed, harmful, sizes));
    }

    private static String transcript(long seed, FaultPlan plan, List<Integer> sizes) throws Exception {
        try (Network network = Network.seeded(seed, plan);
                Endpoint<Connection> endpoint = network.bind("here");
                Connection client = network.connect("here");
                Connection server = Objects.requireNonNull(endpoint.accept(Duration.ZERO))) {
            Async<Boolean> there = sending(client, sizes);
            try {
                received(server);
            } catch (DisconnectedException e) {
                // As planned.
            }
            there.join();
            network.pass(Duration.ofHours(1));
            return network.transcript();
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void nothingArrivesEarlyOrTooFast(
            @ForAll long seed,
            @ForAll @IntRange(max = 40) int delay,
            @ForAll @IntRange(min = 1, max = 10_000) int bandwidth,
            @ForAll @Size(max = 10) List<@IntRange(max = 300) Integer> sizes)
            throws Exception {
        FaultPlan plan = FaultPlan.none()
                .delay(Duration.ofMillis(delay), LONGEST)
                .bandwidth(bandwidth)
                .split(0.3);
        Network.simulate(seed, plan, network -> {
            try (Endpoint<Connection> endpoint = network.bind("here");
                    Connection client = network.connect("here");
                    Connection server = Objects.requireNonNull(endpoint.accept(Duration.ZERO))) {
                long begun = network.time().nanoTime();
                assertThat(begun).isBetween(2L * delay * 1_000_000, 2 * LONGEST.toNanos());
                sending(client, sizes).join();
                received(server);
                long took = network.time().nanoTime() - begun;
                long transmission = Math.round(sum(sizes) * 1e9 / bandwidth);
                long rounding = 20L * 300;
                assertThat(took)
                        .isBetween(
                                transmission + delay * 1_000_000L - rounding,
                                transmission + LONGEST.toNanos() + rounding);
            }
        });
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aResetComesAfterExactlySoManyBytes(
            @ForAll long seed,
            @ForAll("plans") FaultPlan plan,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 300) Integer> sizes,
            @ForAll @LongRange(max = 3000) long at)
            throws Exception {
        Network.simulate(seed, plan.resetAt("client#1", Side.CLIENT, at), network -> {
            try (Endpoint<Connection> endpoint = network.bind("here");
                    Connection client = network.connect("here");
                    Connection server = Objects.requireNonNull(endpoint.accept(Duration.ZERO))) {
                Async<Boolean> there = sending(client, sizes);
                int total = 0;
                boolean reset = false;
                try {
                    for (int count; (count = server.read(new byte[1000])) >= 0; ) {
                        total += count;
                    }
                } catch (DisconnectedException e) {
                    reset = true;
                }
                assertThat(there.join()).isTrue();
                assertThat(total).isEqualTo((int) Math.min(at, sum(sizes)));
                assertThat(reset).isEqualTo(at <= sum(sizes));
            }
        });
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void datagramsAreLostAndDoubledAsOftenAsPlanned(
            @ForAll long seed, @ForAll @IntRange(max = 10) int lost, @ForAll @IntRange(max = 10) int twice)
            throws Exception {
        int count = 400;
        FaultPlan plan = FaultPlan.none().drop(lost / 10.0).duplicate(twice / 10.0);
        List<Integer> received = receivedOf(count, seed, plan);
        // The order is kept, as nothing delays them; and each comes at most twice.
        assertThat(received).isSorted();
        assertThat(received.size()).isLessThanOrEqualTo(2 * count);
        int different = new HashSet<>(received).size();
        double expected = count * (1 - lost / 10.0);
        assertThat((double) different).isBetween(expected - 60, expected + 60);
        assertThat((double) received.size() - different)
                .isBetween(different * twice / 10.0 - 60, different * twice / 10.0 + 60);
    }

    private static List<Integer> receivedOf(int count, long seed, FaultPlan plan) throws IOException {
        List<Integer> received = new ArrayList<>();
        try (Network network = Network.seeded(seed, plan);
                Endpoint<Datagram> endpoint =
                        network.bindDatagram("there", MemoryOptions.defaults().backlog(2 * count));
                DatagramClient client = network.openDatagram("there")) {
            for (int i = 0; i < count; i++) {
                client.send(ByteBuffer.allocate(4).putInt(0, i));
            }
            for (Datagram next; (next = endpoint.accept(Duration.ofSeconds(1))) != null; ) {
                received.add(next.payload().getInt());
            }
        }
        return received;
    }
}
