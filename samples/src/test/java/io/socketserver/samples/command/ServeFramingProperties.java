package io.socketserver.samples.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Transports;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageChannel;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** {@code serve} echoes messages, over each framing, under each strategy, over TCP and Unix sockets. */
class ServeFramingProperties {

    private static final int FIXED = 7;

    @Provide
    Arbitrary<String> framings() {
        return Arbitraries.of("none", "line", "length", "delimiter", "delimiter:aab", "fixed:" + FIXED);
    }

    @Provide
    Arbitrary<Concurrency> strategies() {
        // A JVM for each try would take too long; ServeTest has one.
        return Arbitraries.of(Arrays.stream(Concurrency.values())
                .filter(each -> each != Concurrency.PROCESS)
                .filter(each -> each != Concurrency.VIRTUAL || Runtime.version().feature() >= 21)
                .toList());
    }

    @Provide
    Arbitrary<List<byte[]>> messages() {
        return Arbitraries.oneOf(
                        Arbitraries.of((byte) 'a', (byte) 'b', (byte) '\r', (byte) '\n', (byte) 0, (byte) 5),
                        Arbitraries.bytes())
                .array(byte[].class)
                .ofMaxSize(60)
                .list()
                .ofMaxSize(12);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void messagesComeBackAsTheyWereSent(
            @ForAll("framings") String name,
            @ForAll("strategies") Concurrency concurrency,
            @ForAll boolean overUnix,
            @ForAll("messages") List<byte[]> messages,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 60) Integer> cuts)
            throws Exception {
        Framing framing = FramingChoice.parse(name).framing();
        List<byte[]> sent = expressible(name, framing, messages);
        Path folder = Files.createTempDirectory("serve");
        URI address = URI.create(overUnix ? "unix:" + folder.resolve("s") : "tcp://127.0.0.1:0");
        try (RunningServe serve =
                        new RunningServe(address, "--framing", name, "--concurrency", concurrency.toString());
                Connection client = Transports.connect(serve.uri())) {
            FutureTask<Boolean> sending = new FutureTask<>(() -> send(client, encode(framing, sent), cuts));
            new Thread(sending, "sending").start();
            List<byte[]> received = receiveAll(client, framing);
            assertThat(sending.get()).isTrue();
            if (name.equals("none")) {
                assertThat(join(received)).isEqualTo(join(sent));
            } else {
                assertThat(received).usingRecursiveComparison().isEqualTo(sent);
            }
        } finally {
            Files.delete(folder);
        }
    }

    private static List<byte[]> expressible(String name, Framing framing, List<byte[]> messages) {
        List<byte[]> possible = new ArrayList<>();
        for (byte[] message : messages) {
            byte[] sized = name.startsWith("fixed") ? Arrays.copyOf(message, FIXED) : message;
            try {
                encode(framing, List.of(sized));
                possible.add(sized);
            } catch (IllegalArgumentException e) {
                // Not this one.
            }
        }
        return possible;
    }

    private static byte[] encode(Framing framing, List<byte[]> messages) {
        return join(messages.stream()
                .map(message -> {
                    ByteBuffer frame = ByteBuffer.allocate(framing.frameLength(message.length));
                    framing.encode(ByteBuffer.wrap(message), frame);
                    return frame.array();
                })
                .toList());
    }

    private static byte[] join(List<byte[]> parts) {
        ByteBuffer joined =
                ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(joined::put);
        return joined.array();
    }

    private static boolean send(Connection client, byte[] bytes, List<Integer> cuts) throws Exception {
        int from = 0;
        for (int i = 0; from < bytes.length; i++) {
            int count = Math.min(bytes.length - from, cuts.get(i % cuts.size()));
            client.write(bytes, from, count);
            from += count;
        }
        client.shutdownOutput();
        return true;
    }

    private static List<byte[]> receiveAll(Connection client, Framing framing) throws Exception {
        List<byte[]> received = new ArrayList<>();
        MessageChannel channel = MessageChannel.of(client, framing);
        for (ByteBuffer message; (message = channel.receive()) != null; ) {
            byte[] copy = new byte[message.remaining()];
            message.get(copy);
            received.add(copy);
        }
        return received;
    }
}
