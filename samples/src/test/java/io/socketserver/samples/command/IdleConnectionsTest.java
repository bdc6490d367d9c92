package io.socketserver.samples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that say nothing cost little on virtual threads and on an event loop. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs the numbers of Linux")
class IdleConnectionsTest {

    private static final int CLIENTS = Soak.of(1000, 10_000);

    static Stream<Concurrency> strategies() {
        return Stream.of(Concurrency.EVENT_LOOP, Concurrency.VIRTUAL)
                .filter(strategy ->
                        strategy != Concurrency.VIRTUAL || Runtime.version().feature() >= 21);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void theyAreHeldByFewThreadsAndLittleMemory(Concurrency concurrency) throws Exception {
        List<String> options = List.of("-Xmx64m", "-XX:TieredStopAtLevel=4");
        List<SocketChannel> clients = new ArrayList<>();
        try (Child serve = Child.socketserverWithOptions(
                options, "serve", "tcp://127.0.0.1:0?backlog=4096", "--concurrency", concurrency.toString())) {
            URI uri = serve.listeningOn();
            InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(SocketChannel.open(address));
            }
            // Each is asked twice, so that all are held at once, and are still in order at the end.
            for (int round = 0; round < 2; round++) {
                for (SocketChannel client : clients) {
                    assertEchoes(client);
                }
            }
            long threads = serve.status("Threads");
            Soak.figure(CLIENTS + " idle connections under " + concurrency + ": " + threads + " threads, "
                    + serve.status("VmRSS") / 1024 + " MiB");
            assertThat(threads).isLessThanOrEqualTo(40);
            for (SocketChannel client : clients) {
                client.close();
            }
            serve.signal("TERM");
            assertThat(serve.nextLine()).contains(CLIENTS + " completed, 0 closed at the grace, 0 abandoned");
            assertThat(serve.status()).isZero();
            assertThat(serve.errors()).isEmpty();
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
    }

    private static void assertEchoes(SocketChannel client) throws Exception {
        ByteBuffer hello = StandardCharsets.US_ASCII.encode("hello");
        client.write(hello);
        ByteBuffer answer = ByteBuffer.allocate(5);
        while (answer.hasRemaining()) {
            assertThat(client.read(answer)).isPositive();
        }
        assertThat(StandardCharsets.US_ASCII.decode(answer.flip()).toString()).isEqualTo("hello");
    }
}
