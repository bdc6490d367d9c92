package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Endpoint;
import io.socketserver.api.FramingException;
import io.socketserver.api.Server;
import io.socketserver.api.TimeSource;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageChannel;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.tcp.Tcp;
import io.socketserver.testkit.FaultPlan;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryEndpoint;
import io.socketserver.testkit.MemoryOptions;
import io.socketserver.testkit.Network;
import io.socketserver.testkit.jqwik.Chunking;
import io.socketserver.testkit.jqwik.FramedMessages;
import io.socketserver.testkit.jqwik.Framings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Messages over every framing, under every strategy, over streams in memory and real ones. */
class FramedEchoProperties {

    private static final Chunking WHOLE = new Chunking(List.of());

    /** A message that every framing can express. */
    private static final byte[] HEALTHY = {'h', 'e', 'a', 'l', 't', 'h', 'y'};

    @Provide
    Arbitrary<FramedMessages> talks() {
        return Framings.talks();
    }

    @Provide
    Arbitrary<Framing> framings() {
        return Framings.any();
    }

    @Provide
    Arbitrary<Chunking> chunkings() {
        return Chunking.any();
    }

    @Provide
    Arbitrary<byte[]> noise() {
        return Framings.noise();
    }

    @Provide
    Arbitrary<Serving> servings() {
        return Arbitraries.of(Serving.available());
    }

    /** The network cuts, and the client need not. */
    @Provide
    Arbitrary<FaultPlan> plans() {
        Arbitrary<Double> chances = Arbitraries.of(0.0, 0.2, 0.6);
        return Combinators.combine(chances, chances, Arbitraries.integers().between(0, 30))
                .as((split, merge, most) ->
                        FaultPlan.none().split(split).merge(merge).delay(Duration.ZERO, Duration.ofMillis(most)));
    }

    /** Where a server listens. */
    private record Place(Endpoint<Connection> endpoint, TimeSource time, Callable<Connection> client) {

        static Place inMemory(int capacity) {
            MemoryEndpoint endpoint =
                    MemoryEndpoint.bind(MemoryOptions.defaults().capacity(capacity));
            return new Place(endpoint, TimeSource.system(), endpoint::connect);
        }

        static Place on(Network network) throws IOException {
            return new Place(network.bind("server"), network.time(), () -> network.connect("server"));
        }

        static Place overTcp() throws IOException {
            Endpoint<Connection> endpoint = Tcp.bind("127.0.0.1", 0);
            int port = ((InetSocketAddress) endpoint.address()).getPort();
            return new Place(endpoint, TimeSource.system(), () -> Tcp.connect("127.0.0.1", port));
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void messagesComeBackAsTheyWereSentInMemory(
            @ForAll("talks") FramedMessages said,
            @ForAll("servings") Serving serving,
            @ForAll("chunkings") Chunking chunking,
            @ForAll @IntRange(min = 1, max = 70_000) int capacity)
            throws Exception {
        assertComesBack(Place.inMemory(capacity), said, serving, chunking);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void messagesComeBackAsTheyWereSentOverTcp(
            @ForAll("talks") FramedMessages said,
            @ForAll("servings") Serving serving,
            @ForAll("chunkings") Chunking chunking)
            throws Exception {
        assertComesBack(Place.overTcp(), said, serving, chunking);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void messagesComeBackAsTheyWereSentOnTheNetwork(
            @ForAll("talks") FramedMessages said,
            @ForAll("servings") Serving serving,
            @ForAll long seed,
            @ForAll("plans") FaultPlan plan)
            throws Exception {
        Network.simulate(seed, plan, network -> assertComesBack(Place.on(network), said, serving, WHOLE));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void anyBytesCostTheirOwnConversationAtMostOnTheNetwork(
            @ForAll("framings") Framing framing,
            @ForAll("servings") Serving serving,
            @ForAll("noise") byte[] noise,
            @ForAll long seed,
            @ForAll("plans") FaultPlan plan)
            throws Exception {
        Network.simulate(seed, plan, network -> assertSurvives(Place.on(network), framing, serving, noise, WHOLE));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void anyBytesCostTheirOwnConversationAtMostInMemory(
            @ForAll("framings") Framing framing,
            @ForAll("servings") Serving serving,
            @ForAll("noise") byte[] noise,
            @ForAll("chunkings") Chunking chunking,
            @ForAll @IntRange(min = 1, max = 2000) int capacity)
            throws Exception {
        assertSurvives(Place.inMemory(capacity), framing, serving, noise, chunking);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void anyBytesCostTheirOwnConversationAtMostOverTcp(
            @ForAll("framings") Framing framing,
            @ForAll("servings") Serving serving,
            @ForAll("noise") byte[] noise,
            @ForAll("chunkings") Chunking chunking)
            throws Exception {
        assertSurvives(Place.overTcp(), framing, serving, noise, chunking);
    }

    private static void assertComesBack(Place place, FramedMessages said, Serving serving, Chunking chunking)
            throws Exception {
        LeakCheck leaks = LeakCheck.begin();
        MessageHandler echo = (message, replies) -> replies.send(message);
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        try (Server<Connection> server = serving.complete(
                                Server.on(place.endpoint)
                                        .time(place.time)
                                        .onError((request, failure) -> failures.add(failure)),
                                echo.over(said.framing()))
                        .start();
                Connection client = place.client.call()) {
            List<byte[]> received = talk(client, said.framing(), said.encoded(), chunking);
            assertThat(said.matches(received))
                    .as("%s came back as %s", said, new FramedMessages(said.framing(), received))
                    .isTrue();
            assertThat(server.draining()).isFalse();
        }
        assertThat(failures).isEmpty();
        leaks.assertNone();
    }

    private static void assertSurvives(Place place, Framing framing, Serving serving, byte[] noise, Chunking chunking)
            throws Exception {
        LeakCheck leaks = LeakCheck.begin();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        MessageHandler wary = (message, replies) -> {
            assertThat(message.remaining()).isLessThanOrEqualTo(framing.maxMessage());
            replies.send(HEALTHY);
        };
        try (Server<Connection> server = serving.complete(
                        Server.on(place.endpoint).time(place.time).onError((request, failure) -> failures.add(failure)),
                        wary.over(framing))
                .start()) {
            try (Connection client = place.client.call()) {
                talk(client, framing, noise, chunking);
            } catch (DisconnectedException e) {
                // It was hung up on before it had said all.
            }
            try (Connection healthy = place.client.call()) {
                byte[] frame = new FramedMessages(framing, List.of(HEALTHY)).encoded();
                assertThat(talk(healthy, framing, frame, new Chunking(List.of(3))))
                        .isNotEmpty();
            }
            assertThat(server.statistics().failed()).isLessThanOrEqualTo(1);
        }
        assertThat(failures).allMatch(failure -> failure instanceof FramingException);
        leaks.assertNone();
    }

    /** Sends bytes in chunks, and then the end; meanwhile receives messages until the other end. */
    private static List<byte[]> talk(Connection client, Framing framing, byte[] bytes, Chunking chunking)
            throws Exception {
        FutureTask<Boolean> sending = new FutureTask<>(() -> send(client, bytes, chunking));
        Thread sender = new Thread(sending, "sending");
        sender.start();
        List<byte[]> received = new ArrayList<>();
        try {
            MessageChannel channel = MessageChannel.of(client, framing);
            for (ByteBuffer message; (message = channel.receive()) != null; ) {
                byte[] copy = new byte[message.remaining()];
                message.get(copy);
                received.add(copy);
            }
        } finally {
            sender.join();
        }
        return received;
    }

    private static boolean send(Connection client, byte[] bytes, Chunking chunking) throws IOException {
        try {
            // Many chunks at the beginning, where they cut short messages; one for the rest of long ones.
            int cut = Math.min(bytes.length, 1000);
            for (byte[] chunk : chunking.cut(Arrays.copyOf(bytes, cut))) {
                client.write(chunk);
            }
            client.write(bytes, cut, bytes.length - cut);
            client.shutdownOutput();
        } catch (DisconnectedException e) {
            return false;
        }
        return true;
    }
}
