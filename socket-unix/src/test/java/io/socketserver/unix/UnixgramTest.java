package io.socketserver.unix;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Endpoint;
import io.socketserver.testkit.LeakCheck;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramChannel;

/** Endpoints and clients of datagrams. */
@Timeout(30)
class UnixgramTest {

    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private final LeakCheck leaks = LeakCheck.begin();

    @TempDir
    private Path folder;

    private Path path;
    private Endpoint<Datagram> endpoint;
    private DatagramClient client;

    @BeforeAll
    static void load() {
        // Opens the library's file for a moment.
        Junixsocket.require();
    }

    @BeforeEach
    void open() throws Exception {
        path = folder.resolve("s");
        endpoint = Unixgram.bind(path, UnixgramOptions.defaults().maxPacketSize(100));
        client = Unixgram.open(path);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        client.close();
        endpoint.close();
        assertThat(path).doesNotExist();
        assertThat(((UnixDomainSocketAddress) client.localAddress()).getPath().getParent())
                .doesNotExist();
        leaks.assertNone();
    }

    @Test
    void datagramsArriveWithTheirBoundariesAndTheirSender() throws Exception {
        for (int size : new int[] {1, 99, 100}) {
            client.send(new byte[size]);
        }
        for (int size : new int[] {1, 99, 100}) {
            Datagram received = endpoint.accept(FOREVER);
            assertThat(received.payload().remaining()).isEqualTo(size);
            assertThat(received.truncated()).isFalse();
            assertThat(received.remoteAddress()).isEqualTo(client.localAddress());
            assertThat(received.localAddress()).isEqualTo(endpoint.address());
        }
        assertThat(endpoint.accept(Duration.ZERO)).isNull();
    }

    @Test
    void aDatagramOverTheLimitIsReportedAsTruncated() throws Exception {
        client.send(new byte[101]);
        client.send(new byte[5000]);
        client.send(new byte[100]);
        for (int i = 0; i < 2; i++) {
            Datagram tooLong = endpoint.accept(FOREVER);
            assertThat(tooLong.truncated()).isTrue();
            assertThat(tooLong.payload().remaining()).isEqualTo(100);
        }
        assertThat(endpoint.accept(FOREVER).truncated()).isFalse();
    }

    @Test
    void theAnswerGoesToTheSenderAndComesFromTheServer() throws Exception {
        try (DatagramClient other = Unixgram.open(path)) {
            client.send("one".getBytes(US_ASCII));
            other.send("two".getBytes(US_ASCII));
            for (int i = 0; i < 2; i++) {
                Datagram received = endpoint.accept(FOREVER);
                received.output().write("got ".getBytes(US_ASCII));
                received.input().transferTo(received.output());
                received.close();
            }
            Datagram answer = client.receive(Duration.ofSeconds(10));
            assertThat(text(answer)).isEqualTo("got one");
            assertThat(answer.remoteAddress()).isEqualTo(endpoint.address());
            assertThat(answer.localAddress()).isEqualTo(client.localAddress());
            assertThat(text(other.receive(Duration.ofSeconds(10)))).isEqualTo("got two");
            answer.send(ByteBuffer.wrap("thanks".getBytes(US_ASCII)));
            assertThat(text(endpoint.accept(FOREVER))).isEqualTo("thanks");
        }
    }

    @Test
    void anEmptyDatagramArrivesButCannotBeAnswered() throws Exception {
        client.send(new byte[0]);
        client.send(new byte[1]);
        Datagram empty = endpoint.accept(FOREVER);
        assertThat(empty.payload().remaining()).isZero();
        assertThat(empty.remoteAddress()).isEqualTo(UnixDomainSocketAddress.of(""));
        assertThatExceptionOfType(UnboundSenderException.class)
                .isThrownBy(() -> empty.send(ByteBuffer.allocate(1)))
                .withMessageContaining("empty");
        Datagram next = endpoint.accept(FOREVER);
        assertThat(next.payload().remaining()).isEqualTo(1);
        // Towards a client it is complete: the system lets nobody but the server send to it.
        next.send(ByteBuffer.allocate(0));
        Datagram answer = client.receive(Duration.ofSeconds(10));
        assertThat(answer.payload().remaining()).isZero();
        assertThat(answer.remoteAddress()).isEqualTo(endpoint.address());
    }

    @Test
    void aSenderThatIsNotBoundCannotBeAnswered() throws Exception {
        try (AFUNIXDatagramChannel unbound = AFUNIXDatagramChannel.open()) {
            unbound.send(ByteBuffer.wrap(new byte[3]), GramSocket.address(path));
        }
        Datagram received = endpoint.accept(FOREVER);
        assertThat(received.payload().remaining()).isEqualTo(3);
        assertThat(received.remoteAddress()).isEqualTo(UnixDomainSocketAddress.of(""));
        received.output().write('!');
        assertThatExceptionOfType(UnboundSenderException.class).isThrownBy(received::close);
    }

    /** The library takes an interrupt for a wish to close; what it leaves open then would be found in the end. */
    @Test
    void interruptsOfASendCostNothing() throws Exception {
        Semaphore seen = new Semaphore(0);
        FutureTask<Boolean> sending = new FutureTask<>(() -> {
            for (int interrupts = 0; interrupts < 300; interrupts++) {
                while (!Thread.currentThread().isInterrupted()) {
                    try {
                        client.send(new byte[1]);
                    } catch (InterruptedIOException e) {
                        assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    }
                }
                Thread.interrupted();
                seen.release();
            }
            return true;
        });
        Thread thread = new Thread(sending, "sending");
        FutureTask<Boolean> receiving = new FutureTask<>(() -> {
            while (!sending.isDone()) {
                endpoint.accept(Duration.ZERO);
            }
            return true;
        });
        thread.start();
        new Thread(receiving, "receiving").start();
        for (int i = 0; i < 300; i++) {
            thread.interrupt();
            seen.acquire();
        }
        assertThat(sending.get()).isTrue();
        assertThat(receiving.get()).isTrue();
    }

    @Test
    void aSenderThatHasGoneIsADisconnectAndTheEndpointGoesOn() throws Exception {
        for (boolean removed : new boolean[] {true, false, true}) {
            client.send(new byte[1]);
            Datagram received = endpoint.accept(FOREVER);
            Path name = ((UnixDomainSocketAddress) client.localAddress()).getPath();
            Path kept = folder.resolve("kept");
            Files.createLink(kept, name);
            client.close();
            if (!removed) {
                Files.createDirectory(name.getParent());
                Files.createLink(name, kept);
            }
            assertThatExceptionOfType(DisconnectedException.class)
                    .isThrownBy(() -> received.send(ByteBuffer.allocate(1)))
                    .withMessageContaining(name.toString());
            Files.delete(kept);
            if (!removed) {
                Files.delete(name);
                Files.delete(name.getParent());
            }
            client = Unixgram.open(path);
            client.send(new byte[2]);
            Datagram next = endpoint.accept(FOREVER);
            next.send(ByteBuffer.allocate(4));
            assertThat(client.receive(Duration.ofSeconds(10)).payload().remaining())
                    .isEqualTo(4);
        }
    }

    @Test
    void aFullQueueEndsASendWithinItsLimit() throws Exception {
        client.send(new byte[1]);
        Datagram received = endpoint.accept(FOREVER);
        // Towards a client that does not read: at once.
        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> {
                    while (true) {
                        received.send(ByteBuffer.allocate(1));
                    }
                })
                .withMessageContaining(client.localAddress().toString())
                .withMessageContaining("0 ms");
        assertThat(client.receive(Duration.ZERO)).isNotNull();
        received.send(ByteBuffer.allocate(1));
        try (DatagramClient patient =
                Unixgram.open(path, UnixgramOptions.defaults().sendTimeout(Duration.ofMillis(50)))) {
            assertThatExceptionOfType(QueueFullException.class)
                    .isThrownBy(() -> {
                        while (true) {
                            patient.send(new byte[1]);
                        }
                    })
                    .withMessageContaining("50 ms");
        }
    }

    @Test
    void aSendGoesOnAsSoonAsThereIsRoom() throws Exception {
        int many = 200;
        FutureTask<Integer> reader = Background.run(() -> {
            int count = 0;
            while (count < many) {
                assertThat(endpoint.accept(FOREVER).payload().get()).isEqualTo((byte) count);
                count++;
            }
            return count;
        });
        try (DatagramClient patient =
                Unixgram.open(path, UnixgramOptions.defaults().sendTimeout(Duration.ofSeconds(20)))) {
            for (int i = 0; i < many; i++) {
                patient.send(new byte[] {(byte) i});
            }
        }
        assertThat(reader.get()).isEqualTo(many);
    }

    @Test
    void closingEndsASendThatWaits() throws Exception {
        DatagramClient patient = Unixgram.open(path, UnixgramOptions.defaults().sendTimeout(Duration.ofMinutes(10)));
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<Void> sends = Background.run(() -> {
            begun.countDown();
            while (true) {
                patient.send(new byte[1]);
            }
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        patient.close();
        assertThatThrownBy(sends::get).hasCauseInstanceOf(ClosedChannelException.class);
    }

    @Test
    void anInterruptedSendIsSentWithoutWaitingAndHarmsNothing() throws Exception {
        Thread.currentThread().interrupt();
        client.send(new byte[1]);
        assertThat(Thread.interrupted()).isTrue();
        Datagram received = endpoint.accept(FOREVER);
        Thread.currentThread().interrupt();
        received.send(ByteBuffer.allocate(2));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(client.receive(Duration.ofSeconds(10)).payload().remaining()).isEqualTo(2);
    }

    @Test
    void aClientFindsTheServerThatReplacedAnother() throws Exception {
        client.send(new byte[1]);
        endpoint.close();
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> client.send(new byte[1]))
                .withMessage(
                        "cannot send to unixgram:" + path + ": there is no such file, so no server is running there");
        endpoint = Unixgram.bind(path);
        client.send(new byte[2]);
        Datagram received = endpoint.accept(FOREVER);
        assertThat(received.payload().remaining()).isEqualTo(2);
        received.send(ByteBuffer.allocate(3));
        assertThat(client.receive(Duration.ofSeconds(10)).payload().remaining()).isEqualTo(3);
    }

    @Test
    void aClientHearsNobodyButItsServer() throws Exception {
        UnixDomainSocketAddress address = (UnixDomainSocketAddress) client.localAddress();
        try (AFUNIXDatagramChannel stranger = AFUNIXDatagramChannel.open()) {
            // Before the first send the system lets everybody through, but the client does not.
            stranger.send(ByteBuffer.wrap(new byte[1]), GramSocket.address(address.getPath()));
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> client.receive(Duration.ZERO));
            client.send(new byte[1]);
            assertThatThrownBy(() -> stranger.send(ByteBuffer.wrap(new byte[1]), GramSocket.address(address.getPath())))
                    .hasMessageContaining("not permitted");
        }
        endpoint.accept(FOREVER).send(ByteBuffer.allocate(7));
        assertThat(client.receive(Duration.ofSeconds(10)).payload().remaining()).isEqualTo(7);
    }

    @Test
    void aMissingServerIsNamedBySending() throws Exception {
        Path nobody = folder.resolve("nobody");
        try (DatagramClient lonely = Unixgram.open(nobody)) {
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> lonely.send(new byte[1]))
                    .withMessageContaining("unixgram:" + nobody);
            Files.createFile(nobody);
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> lonely.send(new byte[1]))
                    .withMessageContaining("or it is none");
            assertThat(lonely.remoteAddress()).isEqualTo(UnixDomainSocketAddress.of(nobody));
        }
    }

    @Test
    void onlyTheUserMayAnswerUnlessToldOtherwise() throws Exception {
        Path own = ((UnixDomainSocketAddress) client.localAddress()).getPath();
        assertThat(Folder.mode(own)).isEqualTo("rw-------");
        assertThat(Folder.mode(own.getParent())).isEqualTo("rwx------");
        try (DatagramClient open =
                Unixgram.open(path, UnixgramOptions.defaults().mode("rw-rw-rw-"))) {
            Path opened = ((UnixDomainSocketAddress) open.localAddress()).getPath();
            assertThat(Folder.mode(opened)).isEqualTo("rw-rw-rw-");
            assertThat(Folder.mode(opened.getParent())).isEqualTo("rwx--x--x");
        }
    }

    @Test
    void wakeupInterruptAndStopEndAcceptAndOnlyStopEndsTheEndpoint() throws Exception {
        endpoint.wakeup();
        endpoint.wakeup();
        assertThat(endpoint.accept(FOREVER)).isNull();
        Thread.currentThread().interrupt();
        Datagram none = endpoint.accept(FOREVER);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(none).isNull();
        assertThat(endpoint.accept(Duration.ZERO)).isNull();
        assertThat(endpoint.accept(Duration.ofNanos(1))).isNull();
        client.send(new byte[3]);
        Datagram received = endpoint.accept(FOREVER);
        assertThat(received.payload().remaining()).isEqualTo(3);
        FutureTask<Datagram> waiting = Background.run(() -> endpoint.accept(FOREVER));
        endpoint.stopAccepting();
        assertThatThrownBy(waiting::get).hasCauseInstanceOf(ClosedChannelException.class);
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> endpoint.accept(Duration.ZERO));
        received.output().write('!');
        received.close();
        assertThat(text(client.receive(Duration.ofSeconds(10)))).isEqualTo("!");
    }

    @Test
    void closingEndsAnAcceptThatWaitsAndRepliesSaySo() throws Exception {
        client.send(new byte[1]);
        Datagram received = endpoint.accept(FOREVER);
        FutureTask<Datagram> waiting = Background.run(() -> endpoint.accept(FOREVER));
        FutureTask<Datagram> answer = Background.run(() -> client.receive());
        endpoint.close();
        endpoint.close();
        assertThatThrownBy(waiting::get).hasCauseInstanceOf(ClosedChannelException.class);
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> received.send(ByteBuffer.allocate(1)));
        client.close();
        assertThatThrownBy(answer::get).hasCauseInstanceOf(ClosedChannelException.class);
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> client.send(new byte[1]));
        endpoint.wakeup();
        assertThat(endpoint.address()).isEqualTo(UnixDomainSocketAddress.of(path));
        assertThat(endpoint.uri()).hasToString("unixgram:" + path);
    }

    private static String text(Datagram datagram) {
        return US_ASCII.decode(datagram.payload()).toString();
    }
}
