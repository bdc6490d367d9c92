package io.socketserver.samples.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Transports;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client announces costs no memory; only what it sends does. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs the numbers of Linux")
class HugeFramesTest {

    private static final int CLIENTS = 1000;
    private static final List<String> SMALL_HEAP = List.of("-Xmx64m");

    private final List<SocketChannel> clients = new ArrayList<>();

    @AfterEach
    void closes() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
    }

    /** Connects clients that send the length of a frame, and no more. */
    private void announce(URI uri, int length) throws IOException {
        InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
        for (int i = 0; i < CLIENTS; i++) {
            SocketChannel client = SocketChannel.open(address);
            clients.add(client);
            client.write(ByteBuffer.allocate(4).putInt(length).flip());
        }
    }

    private static void assertAnswers(URI uri) throws IOException {
        try (MessageChannel healthy = MessageChannel.of(Transports.connect(uri), Framing.lengthPrefix(4))) {
            healthy.send(US_ASCII.encode("hello"));
            assertThat(US_ASCII.decode(healthy.receive()).toString()).isEqualTo("hello");
        }
    }

    private static void assertHungUpOn(SocketChannel client) throws IOException {
        try {
            assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    private static FutureTask<String> errors(Child serve) {
        FutureTask<String> errors = new FutureTask<>(serve::errors);
        new Thread(errors, "errors").start();
        return errors;
    }

    private static void assertMemory(Child serve, long before, String concurrency) throws IOException {
        long after = serve.status("VmRSS");
        Soak.figure(
                CLIENTS + " announcements under " + concurrency + ": " + before / 1024 + " MiB, then " + after / 1024);
        // A heap of 64 MiB, and what a thousand threads take.
        assertThat(after - before).isLessThan(200 * 1024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"event-loop", "threads"})
    void whoAnnouncesMoreThanTheMaximumIsHungUpOn(String concurrency) throws Exception {
        try (Child serve = Child.socketserverWithOptions(
                SMALL_HEAP, "serve", "tcp://127.0.0.1:0", "--framing", "length", "--concurrency", concurrency)) {
            FutureTask<String> errors = errors(serve);
            URI uri = serve.listeningOn();
            assertAnswers(uri);
            long before = serve.status("VmRSS");
            announce(uri, Integer.MAX_VALUE);
            for (SocketChannel client : clients) {
                assertHungUpOn(client);
            }
            assertAnswers(uri);
            assertMemory(serve, before, concurrency);
            serve.signal("TERM");
            assertThat(serve.nextLine()).contains(CLIENTS + 2 + " completed, ");
            assertThat(serve.status()).isZero();
            assertThat(errors.get())
                    .contains("a message of 2147483647 bytes was announced")
                    .doesNotContain("OutOfMemory");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"event-loop", "threads"})
    void whoAnnouncesTheMaximumCostsNextToNothing(String concurrency) throws Exception {
        int most = 1_000_000;
        try (Child serve = Child.socketserverWithOptions(
                SMALL_HEAP,
                "serve",
                "tcp://127.0.0.1:0",
                "--framing",
                "length",
                "--max-frame",
                String.valueOf(most),
                "--concurrency",
                concurrency)) {
            FutureTask<String> errors = errors(serve);
            URI uri = serve.listeningOn();
            assertAnswers(uri);
            long before = serve.status("VmRSS");
            announce(uri, most);
            assertAnswers(uri);
            assertMemory(serve, before, concurrency);
            // They are all there still, and their messages can be sent.
            ByteBuffer message = ByteBuffer.allocate(most);
            clients.get(CLIENTS - 1).write(message);
            ByteBuffer answer = ByteBuffer.allocate(4 + most);
            while (answer.hasRemaining()) {
                assertThat(clients.get(CLIENTS - 1).read(answer)).isPositive();
            }
            closes();
            serve.signal("TERM");
            assertThat(serve.nextLine()).contains(" completed, ");
            assertThat(serve.status()).isZero();
            assertThat(errors.get()).doesNotContain("OutOfMemory");
        }
    }
}
