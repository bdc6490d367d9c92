package io.socketserver.samples.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Transports;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageChannel;
import io.socketserver.testkit.jqwik.Chunking;
import io.socketserver.testkit.jqwik.FramedMessages;
import io.socketserver.testkit.jqwik.Framings;
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

/** {@code serve} echoes messages, over each framing, under each strategy, over TCP and Unix sockets. */
class ServeFramingProperties {

    /** A framing, as the command calls it, and what is said in it. */
    private record Talk(String framing, FramedMessages said) {}

    @Provide
    Arbitrary<Talk> talks() {
        return Arbitraries.of("none", "line", "length", "delimiter", "delimiter:aab", "fixed:7")
                .flatMap(name ->
                        Framings.talks(FramingChoice.parse(name).framing()).map(said -> new Talk(name, said)));
    }

    @Provide
    Arbitrary<Chunking> chunkings() {
        return Chunking.any();
    }

    @Provide
    Arbitrary<Concurrency> strategies() {
        // A JVM for each try would take too long; ServeTest has one.
        return Arbitraries.of(Arrays.stream(Concurrency.values())
                .filter(each -> each != Concurrency.PROCESS)
                .filter(each -> each != Concurrency.VIRTUAL || Runtime.version().feature() >= 21)
                .toList());
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void messagesComeBackAsTheyWereSent(
            @ForAll("talks") Talk talk,
            @ForAll("strategies") Concurrency concurrency,
            @ForAll boolean overUnix,
            @ForAll("chunkings") Chunking chunking)
            throws Exception {
        FramedMessages said = talk.said;
        Path folder = Files.createTempDirectory("serve");
        URI address = URI.create(overUnix ? "unix:" + folder.resolve("s") : "tcp://127.0.0.1:0");
        try (RunningServe serve =
                        new RunningServe(address, "--framing", talk.framing, "--concurrency", concurrency.toString());
                Connection client = Transports.connect(serve.uri())) {
            FutureTask<Boolean> sending = new FutureTask<>(() -> send(client, said.encoded(), chunking));
            new Thread(sending, "sending").start();
            List<byte[]> received = receiveAll(client, said.framing());
            assertThat(sending.get()).isTrue();
            assertThat(said.matches(received))
                    .as("%s came back as %s", said, new FramedMessages(said.framing(), received))
                    .isTrue();
        } finally {
            Files.delete(folder);
        }
    }

    private static boolean send(Connection client, byte[] bytes, Chunking chunking) throws Exception {
        // Many chunks at the beginning, where they cut short messages; one for the rest of long ones.
        int cut = Math.min(bytes.length, 1000);
        for (byte[] chunk : chunking.cut(Arrays.copyOf(bytes, cut))) {
            client.write(chunk);
        }
        client.write(bytes, cut, bytes.length - cut);
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
