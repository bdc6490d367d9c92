package io.socketserver.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Endpoint;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.Transports;
import io.socketserver.testkit.LeakCheck;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UdpEndpointTest {

    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    @Test
    void packetsArriveWithTheirBoundariesAndTheirSender() throws Exception {
        // Not connected: the JDK sends an empty datagram only to a named address.
        try (Endpoint<Datagram> endpoint = Udp.bind("127.0.0.1", 0);
                DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (int size : new int[] {0, 1, 8192}) {
                DatagramPacket packet = packet(size);
                packet.setSocketAddress(endpoint.address());
                client.send(packet);
                Datagram received = endpoint.accept(FOREVER);
                assertThat(received.payload().remaining()).isEqualTo(size);
                assertThat(received.truncated()).isFalse();
                assertThat(received.remoteAddress()).isEqualTo(client.getLocalSocketAddress());
                assertThat(received.localAddress()).isEqualTo(endpoint.address());
            }
        }
    }

    @Test
    void aPacketOverTheLimitIsReportedAsTruncated() throws Exception {
        try (Endpoint<Datagram> endpoint =
                        Udp.bind("127.0.0.1", 0, UdpOptions.defaults().maxPacketSize(100));
                DatagramSocket client = client(endpoint)) {
            client.send(packet(101));
            client.send(packet(100));
            Datagram tooLong = endpoint.accept(FOREVER);
            assertThat(tooLong.truncated()).isTrue();
            assertThat(tooLong.payload().remaining()).isEqualTo(100);
            assertThat(endpoint.accept(FOREVER).truncated()).isFalse();
        }
    }

    @Test
    void theReplyGoesToTheSenderWhenTheHandlerEnds() throws Exception {
        try (var server = Server.on(Transports.bind(URI.create("udp://127.0.0.1:0")))
                .handle((Request request) -> {
                    request.output().write("got ".getBytes(StandardCharsets.US_ASCII));
                    request.input().transferTo(request.output());
                })) {
            server.start();
            try (DatagramSocket client = new DatagramSocket()) {
                client.connect(server.address());
                client.setSoTimeout(10_000);
                client.send(new DatagramPacket("it".getBytes(StandardCharsets.US_ASCII), 2));
                assertThat(receive(client)).isEqualTo("got it");
            }
        }
    }

    @Test
    void repliesCanStillBeSentAfterAcceptingHasStopped() throws Exception {
        try (Endpoint<Datagram> endpoint = Udp.bind("127.0.0.1", 0);
                DatagramSocket client = client(endpoint)) {
            client.send(packet(1));
            Datagram received = endpoint.accept(FOREVER);
            endpoint.stopAccepting();
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> endpoint.accept(FOREVER));
            received.output().write('!');
            received.close();
            assertThat(receive(client)).isEqualTo("!");
        }
    }

    @Test
    void aReplyAfterClosingSaysSo() throws Exception {
        Endpoint<Datagram> endpoint = Udp.bind("127.0.0.1", 0);
        try (DatagramSocket client = client(endpoint)) {
            client.send(packet(1));
            Datagram received = endpoint.accept(FOREVER);
            endpoint.close();
            received.output().write('!');
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(received::close);
        }
    }

    @Test
    void wakeupInterruptAndStopEndAcceptAndOnlyStopEndsTheEndpoint() throws Exception {
        try (Endpoint<Datagram> endpoint = Udp.bind("127.0.0.1", 0);
                DatagramSocket client = client(endpoint)) {
            endpoint.wakeup();
            assertThat(endpoint.accept(FOREVER)).isNull();
            Thread.currentThread().interrupt();
            Datagram none = endpoint.accept(FOREVER);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(none).isNull();
            assertThat(endpoint.accept(Duration.ZERO)).isNull();
            client.send(packet(3));
            assertThat(endpoint.accept(FOREVER).payload().remaining()).isEqualTo(3);
            FutureTask<Datagram> waiting = new FutureTask<>(() -> endpoint.accept(FOREVER));
            Thread thread = new Thread(waiting);
            thread.start();
            endpoint.stopAccepting();
            thread.join();
            assertThat(waiting).isDone();
        }
    }

    @Test
    void aBusyPortIsNamed() throws Exception {
        try (Endpoint<Datagram> first = Udp.bind("127.0.0.1", 0)) {
            int port = first.uri().getPort();
            assertThatExceptionOfType(BindException.class)
                    .isThrownBy(() -> Udp.bind("127.0.0.1", port))
                    .withMessage("cannot receive on udp://127.0.0.1:" + port + ": Address already in use");
        }
    }

    @Test
    void anEndpointBeginsAConversation() throws Exception {
        try (UdpEndpoint one = Udp.bind("127.0.0.1", 0);
                UdpEndpoint other = Udp.bind("127.0.0.1", 0)) {
            for (String text : new String[] {"hello", ""}) {
                one.send(Texts.buffer(text), other.address());
                Datagram received = other.accept(FOREVER);
                assertThat(Texts.of(received)).isEqualTo(text);
                assertThat(received.remoteAddress()).isEqualTo(one.address());
                received.send(Texts.buffer("you too"));
                assertThat(Texts.of(one.accept(FOREVER))).isEqualTo("you too");
            }
        }
    }

    @Test
    void nobodyThereIsNotToldToASocketThatIsNotConnected() throws Exception {
        try (UdpEndpoint endpoint = Udp.bind("127.0.0.1", 0);
                UdpEndpoint other = Udp.bind("127.0.0.1", 0)) {
            InetSocketAddress nobody;
            try (UdpEndpoint gone = Udp.bind("127.0.0.1", 0)) {
                nobody = gone.address();
            }
            for (int i = 0; i < 10; i++) {
                endpoint.send(Texts.buffer("anybody?"), nobody);
                assertThat(endpoint.accept(Duration.ZERO)).isNull();
            }
            other.send(Texts.buffer("here"), endpoint.address());
            assertThat(Texts.of(endpoint.accept(FOREVER))).isEqualTo("here");
        }
    }

    @Test
    void anAddressThatCannotBeSentToIsNamed() throws Exception {
        try (UdpEndpoint endpoint = Udp.bind("127.0.0.1", 0)) {
            for (InetSocketAddress bad : new InetSocketAddress[] {
                InetSocketAddress.createUnresolved("no-such-host.invalid", 9),
                new InetSocketAddress(InetAddress.getAllByName("::1")[0], 9)
            }) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> endpoint.send(Texts.buffer("x"), bad))
                        .withMessageStartingWith("cannot send to " + bad + ": expected a resolved address");
            }
            InetSocketAddress portZero = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> endpoint.send(Texts.buffer("x"), portZero))
                    .withMessageContaining("cannot send 1 bytes to udp://127.0.0.1:0: ");
        }
    }

    /** Who sends from there has forged it, or the network has; the system's own sockets cannot. */
    @Test
    void aPacketFromPortZeroCannotBeAnswered() throws Exception {
        SocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (UdpEndpoint endpoint = Udp.bind("127.0.0.1", 0)) {
            assertThatExceptionOfType(DisconnectedException.class)
                    .isThrownBy(() -> endpoint.reply(Texts.buffer("x"), nobody))
                    .withMessage("cannot answer udp://127.0.0.1:0: nobody can receive at port 0");
        }
    }

    @Test
    void ipv4sWildcardIsIpv4Alone() throws Exception {
        Ipv6.assume();
        try (UdpEndpoint endpoint = Udp.bind("0.0.0.0", 0);
                DatagramClient six = Udp.open("::1", endpoint.address().getPort());
                DatagramClient four = Udp.open("127.0.0.1", endpoint.address().getPort())) {
            assertThat(endpoint.address().getAddress()).isInstanceOf(Inet4Address.class);
            Texts.send(six, "six");
            assertThatExceptionOfType(PortUnreachableException.class).isThrownBy(six::receive);
            Texts.send(four, "four");
            assertThat(Texts.of(endpoint.accept(FOREVER))).isEqualTo("four");
        }
    }

    @Test
    void endpointsShareAPortWithPortReuse() throws Exception {
        UdpOptions shared = UdpOptions.defaults().reusePort(true);
        try (UdpEndpoint first = Udp.bind("127.0.0.1", 0, shared);
                UdpEndpoint second = Udp.bind("127.0.0.1", first.address().getPort(), shared)) {
            assertThat(second.address()).isEqualTo(first.address());
        }
    }

    @Test
    void aPortIsFreeAgainAsSoonAsItIsClosed() throws Exception {
        int port;
        try (UdpEndpoint first = Udp.bind("127.0.0.1", 0)) {
            port = first.address().getPort();
        }
        Udp.bind("127.0.0.1", port).close();
    }

    private static DatagramSocket client(Endpoint<Datagram> endpoint) throws Exception {
        DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        client.connect(endpoint.address());
        client.setSoTimeout(10_000);
        return client;
    }

    private static DatagramPacket packet(int size) {
        byte[] payload = new byte[size];
        Arrays.fill(payload, (byte) 'x');
        return new DatagramPacket(payload, size);
    }

    private static String receive(DatagramSocket client) throws Exception {
        DatagramPacket reply = new DatagramPacket(new byte[100], 100);
        client.receive(reply);
        return new String(reply.getData(), 0, reply.getLength(), StandardCharsets.US_ASCII);
    }
}
