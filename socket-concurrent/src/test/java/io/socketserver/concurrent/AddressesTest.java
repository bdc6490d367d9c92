package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.testkit.MemoryPair;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ways in which a child is told who speaks with whom. */
class AddressesTest {

    static Stream<SocketAddress> addresses() throws Exception {
        return Stream.of(
                four(65_535),
                six(1),
                new InetSocketAddress(Inet6Address.getByAddress(null, new byte[16], 3), 7),
                UnixDomainSocketAddress.of("/tmp/a socket"),
                UnixDomainSocketAddress.of(""));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void anAddressArrivesAsItIs(SocketAddress address) throws Exception {
        Introduction sent = new Introduction(true, true, address, four(80));
        // As text too, since a scope does not count for equality.
        assertThat(received(sent)).isEqualTo(sent).hasToString(sent.toString());
    }

    @Test
    void ofOtherAddressesTheTextArrives() throws Exception {
        try (MemoryPair pair = MemoryPair.open()) {
            Introduction received = received(Introduction.of(pair.server()));
            assertThat(received.remote())
                    .hasToString(pair.server().remoteAddress().toString());
            assertThat(received.remote())
                    .isEqualTo(received(Introduction.of(pair.server())).remote());
        }
    }

    @Test
    void nothingBehindAnIntroductionIsRead() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        InetSocketAddress address = four(80);
        new Introduction(false, false, address, address).writeTo(bytes);
        bytes.write('x');
        ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());
        assertThat(Introduction.readFrom(in)).isNotNull();
        assertThat(in.read()).isEqualTo('x');
        assertThat(Introduction.readFrom(in))
                .as("none at the end of the stream")
                .isNull();
    }

    @Test
    void theEnvironmentIsThatOfUcspi() throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of("TCPREMOTEHOST", "liar", "PATH", "/bin"));
        Ucspi.describe(datagram(six(5), six(6)), environment);
        assertThat(environment)
                .containsOnly(
                        Map.entry("PATH", "/bin"),
                        Map.entry("PROTO", "UDP"),
                        Map.entry("UDPREMOTEIP", "0:0:0:0:0:0:0:1"),
                        Map.entry("UDPREMOTEPORT", "5"),
                        Map.entry("UDPLOCALIP", "0:0:0:0:0:0:0:1"),
                        Map.entry("UDPLOCALPORT", "6"));
        environment.clear();
        Ucspi.describe(datagram(UnixDomainSocketAddress.of(""), UnixDomainSocketAddress.of("/s")), environment);
        assertThat(environment).containsOnly(Map.entry("PROTO", "UNIX"), Map.entry("UNIXLOCALPATH", "/s"));
        environment.clear();
        Ucspi.describe(connection(four(5)), environment);
        assertThat(environment)
                .containsEntry("PROTO", "TCP")
                .containsEntry("TCPREMOTEIP", "127.0.0.1")
                .containsEntry("TCPREMOTEPORT", "5")
                .containsKeys("TCPLOCALIP", "TCPLOCALPORT");
    }

    private static InetSocketAddress four(int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    private static InetSocketAddress six(int port) throws UnknownHostException {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        return new InetSocketAddress(InetAddress.getByAddress(loopback), port);
    }

    private static Datagram datagram(SocketAddress remote, SocketAddress local) {
        return Datagram.of(ByteBuffer.allocate(0), false, remote, local, (payload, to) -> {});
    }

    private static Connection connection(SocketAddress address) throws Exception {
        Introduction introduction = new Introduction(false, false, address, address);
        return Connection.of(
                new StdioChannel(introduction, new FileInputStream("/dev/null"), new FileOutputStream("/dev/null")));
    }

    private static Introduction received(Introduction sent) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sent.writeTo(bytes);
        return Introduction.readFrom(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
