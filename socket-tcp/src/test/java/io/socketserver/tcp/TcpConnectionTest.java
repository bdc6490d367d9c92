package io.socketserver.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Endpoint;
import io.socketserver.testkit.LeakCheck;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpConnectionTest {

    private final LeakCheck leaks = LeakCheck.begin();
    private Endpoint<Connection> endpoint;
    private Connection client;
    private Connection server;
    private Connection timed;
    private Connection timedPeer;

    @BeforeEach
    void connect() throws Exception {
        endpoint = Tcp.bind("127.0.0.1", 0);
        client = Tcp.connect("127.0.0.1", port(), Duration.ofSeconds(10));
        server = endpoint.accept(ChronoUnit.FOREVER.getDuration());
    }

    /** One more connection, which has time-outs from the beginning. */
    private Connection timed() throws Exception {
        timedPeer = Tcp.connect("127.0.0.1", port(), Duration.ofSeconds(10));
        timed = endpoint.accept(ChronoUnit.FOREVER.getDuration());
        timed.readTimeout(Duration.ofMinutes(1));
        return timed;
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        if (timed != null) {
            timed.close();
            timedPeer.close();
        }
        client.close();
        server.close();
        endpoint.close();
        leaks.assertNone();
    }

    @Test
    void aMegabyteGoesThroughIntact() throws Exception {
        byte[] sent = new byte[1 << 20];
        new Random(1).nextBytes(sent);
        FutureTask<byte[]> received = inBackground(() -> server.input().readAllBytes());
        client.write(sent);
        client.shutdownOutput();
        assertThat(received.get()).isEqualTo(sent);
    }

    @Test
    void buffersOfEveryKindAreFilled() throws Exception {
        for (Connection receiver : new Connection[] {server, timed()}) {
            Connection sender = receiver == server ? client : timedPeer;
            for (ByteBuffer target : new ByteBuffer[] {
                ByteBuffer.allocateDirect(8),
                ByteBuffer.allocate(8),
                ByteBuffer.allocate(16).position(4).slice()
            }) {
                sender.write("abc".getBytes(StandardCharsets.US_ASCII));
                target.put((byte) '>');
                while (target.position() < 4) {
                    assertThat(receiver.read(target)).isPositive();
                }
                assertThat(StandardCharsets.US_ASCII.decode(target.flip()).toString())
                        .isEqualTo(">abc");
            }
            assertThat(receiver.read(ByteBuffer.allocate(0))).isZero();
        }
    }

    @Test
    void theOtherSideReadsTheEndAndCanStillAnswer() throws Exception {
        client.writeLine("question");
        client.shutdownOutput();
        assertThat(server.readLine()).isEqualTo("question");
        assertThat(server.readLine()).isNull();
        server.writeLine("answer");
        assertThat(client.readLine()).isEqualTo("answer");
    }

    @Test
    void aReadThatRunsOutOfTimeLeavesTheConnectionUsable() throws Exception {
        server.readTimeout(Duration.ofMillis(1));
        assertThat(server.readTimeout()).isEqualTo(Duration.ofMillis(1));
        client.write("half a ".getBytes(StandardCharsets.US_ASCII));
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(server::readLine);
        server.writeLine("go on");
        assertThat(client.readLine()).isEqualTo("go on");
        client.writeLine("line");
        server.readTimeout(Duration.ZERO);
        assertThat(server.readLine()).isEqualTo("half a line");
    }

    @Test
    void timeoutsAreForThoseWhoAskBeforeTheFirstUse() throws Exception {
        client.writeLine("hello");
        assertThatIllegalStateException()
                .isThrownBy(() -> client.readTimeout(Duration.ofSeconds(1)))
                .withMessageContaining("before the first read and write");
        assertThat(client.readTimeout()).isZero();
        assertThat(server.readLine()).isEqualTo("hello");
    }

    @Test
    void aTimeoutBelowAMillisecondIsNotForEver() throws Exception {
        server.readTimeout(Duration.ofNanos(1));
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> server.read(new byte[1]));
    }

    @Test
    void aShutDownInputIsAtItsEnd() throws Exception {
        for (Connection shut : new Connection[] {server, timed()}) {
            shut.shutdownInput();
            assertThat(shut.read(new byte[1])).isEqualTo(-1);
        }
    }

    @Test
    void closingEndsAReadThatWaits() throws Exception {
        for (Connection waiting : new Connection[] {client, timed()}) {
            FutureTask<Integer> read = inBackground(() -> waiting.read(new byte[1]));
            waiting.close();
            assertThatThrownBy(read::get).hasCauseInstanceOf(ClosedChannelException.class);
            assertThat(waiting.isOpen()).isFalse();
        }
    }

    @Test
    void closingEndsAWriteThatWaits() throws Exception {
        FutureTask<Void> write = inBackground(() -> {
            while (true) {
                client.write(new byte[1 << 16]);
            }
        });
        // What fills the buffers is read once, so the writer is at work and then stuck.
        assertThat(server.read(new byte[1])).isEqualTo(1);
        client.close();
        assertThatThrownBy(write::get).hasCauseInstanceOf(ClosedChannelException.class);
    }

    @Test
    void anInterruptedReadClosesAndKeepsTheFlag() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(ClosedByInterruptException.class).isThrownBy(() -> server.read(new byte[1]));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(server.isOpen()).isFalse();
    }

    @Test
    void everyOperationOnAClosedConnectionSaysSo() throws Exception {
        server.close();
        server.close();
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> server.read(new byte[1]));
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> server.write(new byte[1]));
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(server::readLine);
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(server::shutdownOutput);
        assertThatExceptionOfType(ClosedChannelException.class)
                .isThrownBy(() -> server.readTimeout(Duration.ofSeconds(1)));
    }

    @Test
    void aResetIsADisconnect() throws Exception {
        SocketChannel rude = SocketChannel.open(endpoint.address());
        rude.setOption(StandardSocketOptions.SO_LINGER, 0);
        try (Connection accepted = endpoint.accept(ChronoUnit.FOREVER.getDuration())) {
            rude.close();
            assertThatExceptionOfType(DisconnectedException.class)
                    .isThrownBy(() -> accepted.read(new byte[1]))
                    .withMessageContaining(accepted.toString());
        }
    }

    @Test
    void aPeerThatHasGoneEndsWritesAsADisconnect() throws Exception {
        client.close();
        assertThatExceptionOfType(DisconnectedException.class).isThrownBy(() -> {
            while (true) {
                server.write(new byte[1 << 16]);
            }
        });
    }

    private int port() {
        return ((InetSocketAddress) endpoint.address()).getPort();
    }

    private static <T> FutureTask<T> inBackground(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(task).start();
        return task;
    }
}
