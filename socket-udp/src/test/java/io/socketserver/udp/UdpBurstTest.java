package io.socketserver.udp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Dispatcher;
import io.socketserver.api.Observer.Refusal;
import io.socketserver.api.Server;
import io.socketserver.api.Statistics;
import io.socketserver.testkit.LeakCheck;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More than a server can take: what it does take is counted exactly, and by one reason each. */
@Timeout(120)
class UdpBurstTest {

    private static final int BURST = 200_000;
    private static final int LIMIT = 64;

    private final LeakCheck leaks = LeakCheck.begin();
    private final AtomicLong handled = new AtomicLong();
    private final AtomicLong notAdmitted = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private long sent;

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    @Test
    void countersAddUp() throws Exception {
        UdpEndpoint endpoint = Udp.bind("127.0.0.1", 0, UdpOptions.defaults().maxPacketSize(LIMIT));
        int port = endpoint.address().getPort();
        try (Server<Datagram> server = Server.on(endpoint)
                        .admitting(this::admits)
                        .dispatch(new RejectingSome())
                        .onError((request, failure) -> {})
                        .handle(this::answerMarkers);
                DatagramClient client = Udp.open("127.0.0.1", port)) {
            server.start();
            for (int i = 1; i <= BURST; i++) {
                send(client, i, i % 11 == 0 ? LIMIT + 1 : LIMIT);
            }
            awaitMarker(client);
            // Nothing of the client's is left in the receive buffer by now.
            OptionalLong dropped = droppedByTheSystem(port);
            server.drain(Texts.PATIENCE);

            Statistics statistics = server.statistics();
            assertThat(statistics.completed()).isEqualTo(handled.get()).isPositive();
            assertThat(statistics.refused(Refusal.NOT_ADMITTED))
                    .isEqualTo(notAdmitted.get())
                    .isPositive();
            assertThat(statistics.refused(Refusal.REJECTED))
                    .isEqualTo(rejected.get())
                    .isPositive();
            assertThat(statistics.refused(Refusal.TRUNCATED)).isPositive();
            assertThat(statistics.active()).isZero();
            assertThat(statistics.received())
                    .isEqualTo(statistics.completed()
                            + statistics.refused().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum());
            if (dropped.isPresent()) {
                assertThat(statistics.received() + dropped.getAsLong()).isEqualTo(sent);
            }
        }
    }

    private boolean admits(Datagram datagram) {
        boolean admitted = number(datagram) % 13 != 0;
        if (!admitted) {
            notAdmitted.incrementAndGet();
        }
        return admitted;
    }

    private void answerMarkers(Datagram datagram) throws IOException {
        handled.incrementAndGet();
        if (number(datagram) < 0) {
            datagram.send(datagram.payload());
        }
    }

    // Each marker is sent once the one before is given up; what answers the last has come after all that was sent.
    private void awaitMarker(DatagramClient client) throws IOException {
        for (long marker = -1; ; marker--) {
            send(client, marker, Long.BYTES);
            try {
                while (client.receive(Duration.ofSeconds(1)).payload().getLong() != marker) {
                    // A late answer to an earlier one.
                }
                return;
            } catch (SocketTimeoutException e) {
                // Lost, refused or still on its way: the next one tells.
            }
        }
    }

    private void send(DatagramClient client, long number, int size) throws IOException {
        client.send(ByteBuffer.allocate(size).putLong(0, number));
        sent++;
    }

    private static long number(Datagram datagram) {
        return datagram.payload().getLong();
    }

    // The last column of Linux's table, in the line whose local address, 0100007F:PORT, has the port.
    private static OptionalLong droppedByTheSystem(int port) throws IOException {
        Path table = Path.of("/proc/net/udp");
        if (!Files.isReadable(table)) {
            return OptionalLong.empty();
        }
        String local = String.format("0100007F:%04X", port);
        return Files.readAllLines(table).stream()
                .map(line -> line.trim().split("\\s+"))
                .filter(columns -> requireNonNull(columns[1]).equals(local))
                .mapToLong(columns -> Long.parseLong(columns[columns.length - 1]))
                .findFirst();
    }

    private final class RejectingSome implements Dispatcher {

        private int tasks;

        @Override
        public void execute(Runnable task) {
            tasks++;
            if (tasks % 17 == 0) {
                rejected.incrementAndGet();
                throw new RejectedExecutionException("as every 17th");
            }
            task.run();
        }

        @Override
        public void close() {}
    }
}
