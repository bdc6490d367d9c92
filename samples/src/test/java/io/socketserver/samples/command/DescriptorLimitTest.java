package io.socketserver.samples.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that runs out of descriptors waits for some, and does nothing else meanwhile. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs ulimit, and the numbers of Linux")
class DescriptorLimitTest {

    private static final int DESCRIPTORS = 128;
    private static final int CLIENTS = 300;
    private static final Duration HELD = Duration.ofSeconds(Soak.of(1, 30));

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "threads", "pool"})
    void itWaitsAndGoesOn(String concurrency) throws Exception {
        List<String> command = new ArrayList<>(List.of("serve", "tcp://127.0.0.1:0", "--concurrency", concurrency));
        if (concurrency.equals("pool")) {
            command.addAll(List.of("--pool-size", "400"));
        }
        try (Child serve = Child.socketserverWithDescriptors(DESCRIPTORS, command.toArray(String[]::new))) {
            URI uri = serve.listeningOn();
            InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
            List<SocketChannel> held = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                held.add(SocketChannel.open(address));
            }
            Duration busy = hold(serve);
            Soak.figure(concurrency + ": " + busy.toMillis() + " ms of processor time in " + HELD.toSeconds() + " s");
            if (Soak.ON) {
                assertThat(busy).isLessThan(HELD.dividedBy(20));
            }
            for (SocketChannel client : held) {
                client.close();
            }
            Duration served = talk(address);
            Soak.figure(concurrency + ": a new client is answered after " + served.toMillis() + " ms");
            assertThat(served).isLessThan(Duration.ofSeconds(Soak.of(20, 2)));
            serve.signal("TERM");
            assertThat(serve.nextLine()).startsWith("drained in ");
            assertThat(serve.status()).isZero();
            assertLogged(serve.errors().lines().toList(), concurrency);
        }
    }

    private static void assertLogged(List<String> lines, String concurrency) {
        if (concurrency.equals("sequential")) {
            // It never has more than one client, and so never runs out.
            assertThat(lines).isEmpty();
            return;
        }
        // Each record is preceded by a line that tells when and where, as java.util.logging writes it.
        List<String> records =
                lines.stream().filter(line -> line.contains("accept ")).toList();
        assertThat(records).hasSize(2);
        assertThat(records.get(0)).contains("accept failed on tcp://127.0.0.1:").contains("Too many open files");
        assertThat(records.get(1)).contains("accept works again on tcp://127.0.0.1:");
        assertThat(lines).hasSizeLessThanOrEqualTo(4);
    }

    // Real time has to pass here: what is looked for is what a process does while nothing happens.
    private static Duration hold(Child serve) {
        Duration before = serve.cpu();
        long end = System.nanoTime() + HELD.toNanos();
        while (end - System.nanoTime() > 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        return serve.cpu().minus(before);
    }

    private static Duration talk(InetSocketAddress address) throws IOException {
        long begun = System.nanoTime();
        try (Socket client = new Socket()) {
            client.setSoTimeout((int) TimeUnit.SECONDS.toMillis(60));
            client.connect(address);
            client.getOutputStream().write("hello".getBytes(US_ASCII));
            assertThat(new String(client.getInputStream().readNBytes(5), US_ASCII))
                    .isEqualTo("hello");
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
