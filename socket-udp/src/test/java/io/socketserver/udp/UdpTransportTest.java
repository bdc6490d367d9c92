package io.socketserver.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketserver.api.DatagramClient;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.Transports;
import io.socketserver.testkit.LeakCheck;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class UdpTransportTest {

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UDP://127.0.0.1:0", "udp://*:0", "udp://:0?max-packet-size=9", "udp://0.0.0.0:0"})
    void aServerIsReachedByTheUriThatItTells(String uri) throws Exception {
        assertThat(Transports.isStream(URI.create(uri))).isFalse();
        try (var server = Server.on(Transports.bind(URI.create(uri)))
                .handle((Request request) -> request.input().transferTo(request.output()))) {
            server.start();
            try (DatagramClient client = Transports.open(server.uri())) {
                Texts.send(client, "by URI");
                assertThat(Texts.receive(client)).isEqualTo("by URI");
            }
        }
    }

    @Test
    void optionsInTheUriAreTheClientsToo() throws Exception {
        try (UdpEndpoint peer = Udp.bind("127.0.0.1", 0);
                DatagramClient client = Transports.open(URI.create(peer.uri() + "?max-packet-size=4"))) {
            peer.send(Texts.buffer("12345"), client.localAddress());
            var received = client.receive(Texts.PATIENCE);
            assertThat(received.truncated()).isTrue();
            assertThat(Texts.of(received)).isEqualTo("1234");
        }
    }

    @Test
    void datagramsAreNotConnectedAsStreams() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transports.connect(URI.create("udp://127.0.0.1:9")))
                .withMessageContaining("use Transports.open");
    }

    @Test
    void anAddressThatItDoesNotUnderstandIsExplained() {
        for (String bad : new String[] {"udp://localhost", "udp:localhost:80", "udp://localhost:x", "udp://h:1/path"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Transports.bind(URI.create(bad)))
                    .withMessageContaining("bad address '" + bad + "'")
                    .withMessageContaining("udp://host:port");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Transports.open(URI.create(bad)))
                    .withMessageContaining("bad address '" + bad + "'");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transports.open(URI.create("udp://localhost:0")))
                .withMessageContaining("port must be from 1 to 65535, not 0");
    }

    @Test
    void anOptionThatItDoesNotKnowIsExplained() {
        for (String bad : new String[] {"backlog=5", "multicast-interface=lo"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Transports.bind(URI.create("udp://localhost:0?" + bad)))
                    .withMessageContaining("unknown option '" + bad.substring(0, bad.indexOf('=')) + "'")
                    .withMessageContaining("broadcast, max-packet-size, multicast-loopback, multicast-ttl,"
                            + " receive-buffer, reuse-address, reuse-port, send-buffer");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transports.open(URI.create("udp://localhost:9?max-packet-size=70000")))
                .withMessageContaining("bad value '70000' of option 'max-packet-size'")
                .withMessageContaining("from 1 to 65507 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transports.open(URI.create("udp://localhost:9?broadcast=yes")))
                .withMessageContaining("true or false");
    }

    @Test
    void anUnknownHostIsNamed() {
        URI uri = URI.create("udp://no-such-host.invalid:9");
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> Transports.bind(uri))
                .withMessage("unknown host: no-such-host.invalid");
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> Transports.open(uri))
                .withMessage("unknown host: no-such-host.invalid");
    }
}
