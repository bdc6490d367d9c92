package io.socketserver.samples.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Server;
import io.socketserver.api.ShutdownHook;
import io.socketserver.concurrent.Dispatchers;
import io.socketserver.tcp.Tcp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A signal in the middle of work costs nobody an answer. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs signals")
class DrainUnderFireTest {

    private static final int CLIENTS = 200;
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration SLACK = Duration.ofMillis(250);

    /** Takes 200 ms for each request, and says at the end how many it has accepted. */
    static final class Program {

        private Program() {}

        @SuppressWarnings("try") // the hook is there to be closed
        public static void main(String[] args) throws IOException {
            Stdio stdio = Stdio.system();
            Server<Connection> server = Server.on(Tcp.bind("127.0.0.1", 0))
                    .dispatch(Dispatchers.threads())
                    .handle(connection -> {
                        String question = connection.readLine();
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
                        connection.writeLine("answer to " + question);
                    });
            try (ShutdownHook hook = SignalHook.install(server, GRACE, stdio)) {
                stdio.print("listening on " + server.uri());
                server.serve();
            }
        }
    }

    private final AtomicLong answered = new AtomicLong();
    private final AtomicInteger broken = new AtomicInteger();
    private final CountDownLatch warm = new CountDownLatch(2 * CLIENTS);

    static IntStream rounds() {
        return IntStream.rangeClosed(1, Soak.of(1, 20));
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void everyAcceptedRequestIsAnswered(int round) throws Exception {
        try (Child program = Child.ofTests(Program.class)) {
            URI uri = program.listeningOn();
            List<FutureTask<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                FutureTask<Void> client = new FutureTask<>(() -> talk(uri), null);
                new Thread(client, "client").start();
                clients.add(client);
            }
            warm.await();
            long begun = System.nanoTime();
            program.signal("TERM");
            String report = program.nextLine();
            assertThat(program.status()).isZero();
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
            for (FutureTask<Void> client : clients) {
                client.get();
            }
            Soak.figure("round " + round + ": " + report + "; gone after " + elapsed.toMillis() + " ms");
            // Those who wait in the backlog when the server ends were not accepted, and are reset.
            assertThat(report).endsWith(answered + " completed, 0 closed at the grace, 0 abandoned");
            if (Soak.ON) {
                assertThat(elapsed).isLessThan(GRACE.plus(SLACK));
            }
        }
    }

    private void talk(URI uri) {
        try {
            while (true) {
                try (Connection connection = Tcp.connect(uri.getHost(), uri.getPort())) {
                    connection.writeLine("question");
                    if (!"answer to question".equals(connection.readLine())) {
                        broken.incrementAndGet();
                        return;
                    }
                    answered.incrementAndGet();
                    warm.countDown();
                }
            }
        } catch (ConnectException | DisconnectedException theServerHasEnded) {
            broken.incrementAndGet();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
