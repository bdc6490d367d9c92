package io.socketserver.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Server;
import io.socketserver.testkit.LeakCheck;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UdpClientTest {

    private final LeakCheck leaks = LeakCheck.begin();
    private UdpEndpoint peer;
    private DatagramClient client;

    @BeforeEach
    void open() throws Exception {
        peer = Udp.bind("127.0.0.1", 0);
        client = Udp.open("127.0.0.1", peer.address().getPort());
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        client.close();
        peer.close();
        leaks.assertNone();
    }

    @Test
    void bothSidesKnowEachOther() throws Exception {
        assertThat(client.remoteAddress()).isEqualTo(peer.address());
        Texts.send(client, "question");
        Datagram question = peer.accept(Texts.PATIENCE);
        assertThat(question.remoteAddress()).isEqualTo(client.localAddress());
        question.send(Texts.buffer("answer"));
        Datagram answer = client.receive();
        assertThat(Texts.of(answer)).isEqualTo("answer");
        assertThat(answer.remoteAddress()).isEqualTo(peer.address());
        assertThat(answer.localAddress()).isEqualTo(client.localAddress());
        answer.send(Texts.buffer("thanks"));
        assertThat(Texts.of(peer.accept(Texts.PATIENCE))).isEqualTo("thanks");
    }

    @Test
    void emptyDatagramsGoBothWaysAmongOthersAndFromTheSameAddress() throws Exception {
        SocketAddress before = client.localAddress();
        for (String text : new String[] {"a", "", "b", "", ""}) {
            Texts.send(client, text);
            Datagram received = peer.accept(Texts.PATIENCE);
            assertThat(Texts.of(received)).isEqualTo(text);
            assertThat(received.remoteAddress()).isEqualTo(before);
            received.send(received.payload());
            assertThat(Texts.receive(client)).isEqualTo(text);
        }
    }

    @Test
    void everyAnswerArrivesWhereItIsReceivedAlsoAfterAnEmptyDatagram() throws Exception {
        Texts.send(client, "");
        Datagram received = peer.accept(Texts.PATIENCE);
        // Two sockets have this address by now; the system must not spread over them what arrives.
        for (int i = 0; i < 100; i++) {
            received.send(Texts.buffer("answer " + i));
            assertThat(Texts.receive(client)).isEqualTo("answer " + i);
        }
    }

    @Test
    void aRefusalIsToldAndLeavesTheClientUsable() throws Exception {
        int port = peer.address().getPort();
        peer.close();
        for (String text : new String[] {"anybody?", ""}) {
            Texts.send(client, text);
            assertThatExceptionOfType(PortUnreachableException.class)
                    .as("after '%s'", text)
                    .isThrownBy(() -> client.receive(Texts.PATIENCE))
                    .withMessage("nobody receives at udp://127.0.0.1:" + port + ": an earlier datagram was refused");
        }
        Texts.send(client, "again");
        assertThatExceptionOfType(PortUnreachableException.class)
                .isThrownBy(() -> Texts.send(client, "and again"))
                .withMessageContaining("nobody receives");
        try (UdpEndpoint restarted = Udp.bind("127.0.0.1", port)) {
            Texts.send(client, "at last");
            assertThat(Texts.of(restarted.accept(Texts.PATIENCE))).isEqualTo("at last");
        }
    }

    @Test
    void aTimeoutLeavesTheClientUsable() throws Exception {
        for (Duration timeout : new Duration[] {Duration.ZERO, Duration.ofNanos(1), Duration.ofMillis(2)}) {
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> client.receive(timeout))
                    .withMessageContaining("within " + timeout.toMillis() + " ms");
        }
        peer.send(Texts.buffer("late"), client.localAddress());
        assertThat(Texts.receive(client)).isEqualTo("late");
        peer.send(Texts.buffer("there"), client.localAddress());
        assertThat(Texts.of(client.receive(Duration.ZERO))).isEqualTo("there");
    }

    @Test
    void closingEndsReceiving() throws Exception {
        SocketAddress address = client.localAddress();
        FutureTask<Datagram> receiving = new FutureTask<>(client::receive);
        Thread thread = new Thread(receiving);
        thread.start();
        client.close();
        assertThatThrownBy(receiving::get).hasCauseInstanceOf(ClosedChannelException.class);
        thread.join();
        for (String text : new String[] {"x", ""}) {
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> Texts.send(client, text));
        }
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> client.receive(Duration.ZERO));
        assertThat(client.localAddress()).isEqualTo(address);
        client.close();
    }

    @Test
    void anInterruptEndsReceivingAndLeavesTheClientUsable() throws Exception {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(client::receive);
        // Still interrupted, which does not keep it from sending.
        Texts.send(client, "");
        Texts.send(client, "one");
        Texts.send(client, "");
        assertThat(Thread.interrupted()).isTrue();
        for (String expected : new String[] {"", "one", ""}) {
            assertThat(Texts.of(peer.accept(Texts.PATIENCE))).isEqualTo(expected);
        }
        peer.send(Texts.buffer("two"), client.localAddress());
        assertThat(Texts.receive(client)).isEqualTo("two");
    }

    @Test
    void whatStrangersSendIsDropped() throws Exception {
        try (UdpEndpoint stranger = Udp.bind("127.0.0.1", 0)) {
            for (String text : new String[] {"first", "", "second"}) {
                stranger.send(Texts.buffer("not asked"), client.localAddress());
                // The empty one makes the second socket, at which the stranger's arrive from then on.
                Texts.send(client, text);
                peer.accept(Texts.PATIENCE).send(Texts.buffer("for " + text));
                assertThat(Texts.receive(client)).isEqualTo("for " + text);
            }
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> client.receive(Duration.ZERO));
        }
    }

    @Test
    void manyThreadsSendWhileOneReceives() throws Exception {
        List<String> expected = new ArrayList<>();
        List<FutureTask<Void>> senders = new ArrayList<>();
        for (int sender = 0; sender < 8; sender++) {
            List<String> texts = new ArrayList<>(Collections.nCopies(5, ""));
            for (int i = 0; i < 20; i++) {
                texts.add(sender + "." + i);
            }
            Collections.shuffle(texts);
            expected.addAll(texts);
            senders.add(new FutureTask<>(() -> {
                for (String text : texts) {
                    Texts.send(client, text);
                }
                return null;
            }));
        }
        List<String> answers = new ArrayList<>();
        try (Server<Datagram> server = Server.on(peer).handle(Texts::echo).start()) {
            List<Thread> threads = new ArrayList<>();
            for (FutureTask<Void> sender : senders) {
                Thread thread = new Thread(sender);
                thread.start();
                threads.add(thread);
            }
            while (answers.size() < expected.size()) {
                answers.add(Texts.receive(client));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            for (FutureTask<Void> sender : senders) {
                sender.get();
            }
            assertThat(server.statistics().received()).isEqualTo(expected.size());
        }
        assertThat(answers).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void ipv6WorksAlike() throws Exception {
        Ipv6.assume();
        try (Server<Datagram> server =
                        Server.on(Udp.bind("::1", 0)).handle(Texts::echo).start();
                DatagramClient six = Udp.open("::1", port(server.address()))) {
            for (String text : new String[] {"six", "", "6"}) {
                Texts.send(six, text);
                assertThat(Texts.receive(six)).isEqualTo(text);
            }
            assertThat(((InetSocketAddress) six.remoteAddress()).getAddress()).isInstanceOf(Inet6Address.class);
            server.drain(Texts.PATIENCE);
            Texts.send(six, "");
            assertThatExceptionOfType(PortUnreachableException.class)
                    .isThrownBy(six::receive)
                    .withMessageContaining("udp://[::1]:");
        }
    }

    @Test
    void aServerOfBothFamiliesIsReachedByEach() throws Exception {
        Ipv6.assume();
        try (Server<Datagram> server =
                Server.on(Udp.bind(0)).handle(Texts::echo).start()) {
            for (String host : new String[] {"127.0.0.1", "::1", "localhost", "", "::", "0.0.0.0"}) {
                try (DatagramClient one = Udp.open(host, port(server.address()))) {
                    Texts.send(one, "by '" + host + "'");
                    assertThat(Texts.receive(one)).isEqualTo("by '" + host + "'");
                }
            }
        }
    }

    @Test
    void whatCannotBeOpenedSaysWhy() {
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> Udp.open("no-such-host.invalid", 1))
                .withMessage("unknown host: no-such-host.invalid");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Udp.open("127.0.0.1", 0))
                .withMessage("a server's port must be from 1 to 65535, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Udp.open("127.0.0.1", 70_000))
                .withMessage("a port must be from 0 to 65535, not 70000");
        assertThatExceptionOfType(ConnectException.class)
                .as("a broadcast without the option")
                .isThrownBy(() -> Udp.open("127.255.255.255", 9))
                .withMessageContaining("cannot send to udp://127.255.255.255:9: ");
    }

    @Test
    void whatIsTooLongSaysSo() {
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> client.send(new byte[UdpOptions.LARGEST_PACKET + 1]))
                .withMessageContaining("cannot send 65508 bytes to " + peer.uri() + ": ");
    }

    private static int port(SocketAddress address) {
        return ((InetSocketAddress) address).getPort();
    }
}
