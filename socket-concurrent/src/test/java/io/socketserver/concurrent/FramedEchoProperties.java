package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Endpoint;
import io.socketserver.api.FramingException;
import io.socketserver.api.Server;
import io.socketserver.api.TimeSource;
import io.socketserver.api.framing.MessageChannel;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.tcp.Tcp;
import io.socketserver.testkit.FaultPlan;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryEndpoint;
import io.socketserver.testkit.MemoryOptions;
import io.socketserver.testkit.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
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
import net.jqwik.api.constraints.Size;

/** Messages over every framing, under every strategy, over streams in memory and real ones. */
class FramedEchoProperties {

    private static final int ALL = Integer.MAX_VALUE;

    /** A message that every framing can express. */
    private static final byte[] HEALTHY = {'h', 'e', 'a', 'l', 't', 'h', 'y'};

    @Provide
    Arbitrary<AnyFraming> framings() {
        return AnyFraming.any();
    }

    @Provide
    Arbitrary<Serving> servings() {
        return Arbitraries.of(Serving.available());
    }

    @Provide
    Arbitrary<List<byte[]>> messages() {
        return AnyFraming.message().list().ofMaxSize(15);
    }

    @Provide
    Arbitrary<byte[]> noise() {
        return Arbitraries.oneOf(
                        Arbitraries.of((byte) 'a', (byte) 'b', (byte) '\r', (byte) '\n', (byte) 0, (byte) 5),
                        Arbitraries.bytes())
                .array(byte[].class)
                .ofMaxSize(300);
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
            @ForAll("framings") AnyFraming framing,
            @ForAll("servings") Serving serving,
            @ForAll("messages") List<byte[]> messages,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 60) Integer> cuts,
            @ForAll @IntRange(min = 1, max = 70_000) int capacity)
            throws Exception {
        assertComesBack(Place.inMemory(capacity), framing, serving, messages, cuts);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void messagesComeBackAsTheyWereSentOverTcp(
            @ForAll("framings") AnyFraming framing,
            @ForAll("servings") Serving serving,
            @ForAll("messages") List<byte[]> messages,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 60) Integer> cuts)
            throws Exception {
        assertComesBack(Place.overTcp(), framing, serving, messages, cuts);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void messagesComeBackAsTheyWereSentOnTheNetwork(
            @ForAll("framings") AnyFraming framing,
            @ForAll("servings") Serving serving,
            @ForAll("messages") List<byte[]> messages,
            @ForAll long seed,
            @ForAll("plans") FaultPlan plan)
            throws Exception {
        Network.simulate(
                seed, plan, network -> assertComesBack(Place.on(network), framing, serving, messages, List.of(ALL)));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void anyBytesCostTheirOwnConversationAtMostOnTheNetwork(
            @ForAll("framings") AnyFraming framing,
            @ForAll("servings") Serving serving,
            @ForAll("noise") byte[] noise,
            @ForAll long seed,
            @ForAll("plans") FaultPlan plan)
            throws Exception {
        Network.simulate(
                seed, plan, network -> assertSurvives(Place.on(network), framing, serving, noise, List.of(ALL)));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void anyBytesCostTheirOwnConversationAtMostInMemory(
            @ForAll("framings") AnyFraming framing,
            @ForAll("servings") Serving serving,
            @ForAll("noise") byte[] noise,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 60) Integer> cuts,
            @ForAll @IntRange(min = 1, max = 2000) int capacity)
            throws Exception {
        assertSurvives(Place.inMemory(capacity), framing, serving, noise, cuts);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void anyBytesCostTheirOwnConversationAtMostOverTcp(
            @ForAll("framings") AnyFraming framing,
            @ForAll("servings") Serving serving,
            @ForAll("noise") byte[] noise,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 60) Integer> cuts)
            throws Exception {
        assertSurvives(Place.overTcp(), framing, serving, noise, cuts);
    }

    private static void assertComesBack(
            Place place, AnyFraming framing, Serving serving, List<byte[]> messages, List<Integer> cuts)
            throws Exception {
        LeakCheck leaks = LeakCheck.begin();
        List<byte[]> sent = framing.expressible(messages);
        MessageHandler echo = (message, replies) -> replies.send(message);
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        try (Server<Connection> server = serving.complete(
                                Server.on(place.endpoint)
                                        .time(place.time)
                                        .onError((request, failure) -> failures.add(failure)),
                                echo.over(framing.framing()))
                        .start();
                Connection client = place.client.call()) {
            List<byte[]> received = talk(client, framing, framing.encode(sent), cuts);
            if (framing.whole()) {
                assertThat(received).usingRecursiveComparison().isEqualTo(sent);
            } else {
                assertThat(AnyFraming.join(received)).isEqualTo(AnyFraming.join(sent));
            }
            assertThat(server.draining()).isFalse();
        }
        assertThat(failures).isEmpty();
        leaks.assertNone();
    }

    private static void assertSurvives(
            Place place, AnyFraming framing, Serving serving, byte[] noise, List<Integer> cuts) throws Exception {
        LeakCheck leaks = LeakCheck.begin();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        int most = framing.fixed() > 0 ? framing.fixed() : framing.framing().maxMessage();
        MessageHandler wary = (message, replies) -> {
            assertThat(message.remaining()).isLessThanOrEqualTo(most);
            replies.send(HEALTHY);
        };
        try (Server<Connection> server = serving.complete(
                        Server.on(place.endpoint).time(place.time).onError((request, failure) -> failures.add(failure)),
                        wary.over(framing.framing()))
                .start()) {
            try (Connection client = place.client.call()) {
                talk(client, framing, noise, cuts);
            } catch (DisconnectedException e) {
                // It was hung up on before it had said all.
            }
            try (Connection healthy = place.client.call()) {
                assertThat(talk(healthy, framing, framing.encode(List.of(HEALTHY)), List.of(3)))
                        .isNotEmpty();
            }
            assertThat(server.statistics().failed()).isLessThanOrEqualTo(1);
        }
        assertThat(failures).allMatch(failure -> failure instanceof FramingException);
        leaks.assertNone();
    }

    /** Sends bytes in pieces of these sizes, and then the end; meanwhile receives messages until the other end. */
    private static List<byte[]> talk(Connection client, AnyFraming framing, byte[] bytes, List<Integer> cuts)
            throws Exception {
        FutureTask<Boolean> sending = new FutureTask<>(() -> send(client, bytes, cuts));
        Thread sender = new Thread(sending, "sending");
        sender.start();
        List<byte[]> received = new ArrayList<>();
        try {
            MessageChannel channel = MessageChannel.of(client, framing.framing());
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

    private static boolean send(Connection client, byte[] bytes, List<Integer> cuts) throws IOException {
        try {
            // Many pieces at the beginning, where they cut short messages; one for the rest of long ones.
            int from = 0;
            for (int i = 0; from < bytes.length; i++) {
                int count = i < 50 ? Math.min(bytes.length - from, cuts.get(i % cuts.size())) : bytes.length - from;
                client.write(bytes, from, count);
                from += count;
            }
            client.shutdownOutput();
        } catch (DisconnectedException e) {
            return false;
        }
        return true;
    }
}
