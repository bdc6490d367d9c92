package io.socketserver.samples.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Clients that take their time are ended at the server's limits, and slow down nobody else. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowClientsTest {

    private static final int CLIENTS = 90;

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static FutureTask<Duration> start(Callable<Duration> body) {
        FutureTask<Duration> task = new FutureTask<>(body);
        new Thread(task, "client").start();
        return task;
    }

    @Test
    void aByteNowAndThenDoesNotPutOffTheDeadline() throws Exception {
        Duration deadline = Duration.ofMillis(Soak.of(500, 5000));
        long pause = deadline.dividedBy(12).toNanos();
        try (Child serve =
                Child.socketserver("serve", "tcp://127.0.0.1:0", "--request-deadline", Durations.format(deadline))) {
            URI uri = serve.listeningOn();
            AtomicBoolean over = new AtomicBoolean();
            FutureTask<Duration> healthy = start(() -> talkUntil(over, uri));
            List<FutureTask<Duration>> slow = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                slow.add(start(() -> dribble(uri, pause)));
            }
            for (FutureTask<Duration> client : slow) {
                Duration lived = client.get();
                assertThat(lived).isGreaterThanOrEqualTo(deadline);
                if (Soak.ON) {
                    assertThat(lived).isLessThan(deadline.plusSeconds(1));
                }
            }
            over.set(true);
            Duration worst = healthy.get();
            Soak.figure("99 of 100 answers to a healthy client took at most " + worst.toMillis() + " ms");
            if (Soak.ON) {
                assertThat(worst).isLessThan(Duration.ofMillis(50));
            }
        }
    }

    /** Sends a byte after each pause, which only the server's end ends; returns how long that took. */
    private static Duration dribble(URI uri, long pause) throws IOException {
        long begun = System.nanoTime();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(pause));
            while (true) {
                socket.getOutputStream().write('.');
                if (endsWithin(socket)) {
                    return since(begun);
                }
            }
        } catch (IOException reset) {
            return since(begun);
        }
    }

    // The echo comes at once, so the time-out that ends this is the pause.
    private static boolean endsWithin(Socket socket) throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {
                // The echo.
                assertThat(socket.isClosed()).isFalse();
            }
            return true;
        } catch (SocketTimeoutException pauseIsOver) {
            return false;
        }
    }

    /** Connects and talks, again and again; returns the 99th percentile of the time that took. */
    private static Duration talkUntil(AtomicBoolean over, URI uri) throws IOException {
        List<Duration> times = new ArrayList<>();
        while (!over.get()) {
            long begun = System.nanoTime();
            try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
                socket.getOutputStream().write("hello".getBytes(US_ASCII));
                assertThat(socket.getInputStream().readNBytes(5)).hasSize(5);
            }
            times.add(since(begun));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        Duration[] sorted = times.stream().sorted().toArray(Duration[]::new);
        assertThat(sorted).isNotEmpty();
        return Arrays.asList(sorted).get(sorted.length * 99 / 100);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs the numbers of Linux")
    void whoDoesNotReadIsEndedAndCostsNoMemory() throws Exception {
        Duration limit = Duration.ofMillis(Soak.of(500, 3000));
        // A small heap, since a large one is filled with garbage before it is looked at.
        List<String> heap = List.of("-Xmx32m", "-XX:+UseSerialGC");
        try (Child serve = Child.socketserverWithOptions(
                heap, "serve", "tcp://127.0.0.1:0", "--write-timeout", Durations.format(limit))) {
            URI uri = serve.listeningOn();
            talk(uri, 200);
            long before = serve.status("VmRSS");
            List<FutureTask<Duration>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(start(() -> floodWithoutReading(uri)));
            }
            for (FutureTask<Duration> client : clients) {
                Duration lived = client.get();
                assertThat(lived).isGreaterThanOrEqualTo(limit);
                if (Soak.ON) {
                    assertThat(lived).isLessThan(limit.plusSeconds(5));
                }
            }
            long growth = (serve.status("VmRSS") - before) / 1024;
            Soak.figure(CLIENTS + " clients that do not read: memory grew by " + growth + " MiB");
            assertThat(growth).isLessThan(64);
        }
    }

    /** Makes the server load and compile what it needs, so that it is not counted later. */
    private static void talk(URI uri, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
                socket.getOutputStream().write('.');
                assertThat(socket.getInputStream().read()).isEqualTo('.');
            }
        }
    }

    private static Duration floodWithoutReading(URI uri) throws IOException {
        long begun = System.nanoTime();
        try (SocketChannel channel = SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()))) {
            ByteBuffer much = ByteBuffer.allocate(65_536);
            while (true) {
                channel.write(much.clear());
            }
        } catch (IOException reset) {
            return since(begun);
        }
    }
}
