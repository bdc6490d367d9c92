package io.socketserver.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UdpOptionsTest {

    @Test
    void defaultsAreThoseDocumented() {
        UdpOptions options = UdpOptions.defaults();
        assertThat(options.maxPacketSize()).isEqualTo(8192);
        assertThat(options.receiveBuffer()).isZero();
        assertThat(options.sendBuffer()).isZero();
        assertThat(options.reuseAddress()).isFalse();
        assertThat(options.reusePort()).isFalse();
        assertThat(options.broadcast()).isFalse();
        assertThat(options.multicastTtl()).isOne();
        assertThat(options.multicastLoopback()).isTrue();
        assertThat(options.multicastInterface()).isEmpty();
    }

    @Test
    void aQuerySetsEachOption() {
        UdpOptions options = UdpOptions.of(URI.create("udp://localhost:0?max-packet-size=1500&receive-buffer=4096"
                + "&send-buffer=8192&reuse-address=true&reuse-port=true&broadcast=true&multicast-ttl=0"
                + "&multicast-loopback=false"));
        assertThat(options.maxPacketSize()).isEqualTo(1500);
        assertThat(options.receiveBuffer()).isEqualTo(4096);
        assertThat(options.sendBuffer()).isEqualTo(8192);
        assertThat(options.reuseAddress()).isTrue();
        assertThat(options.reusePort()).isTrue();
        assertThat(options.broadcast()).isTrue();
        assertThat(options.multicastTtl()).isZero();
        assertThat(options.multicastLoopback()).isFalse();
    }

    @Test
    void anOptionLeavesTheOthersAndItsOriginalAlone() throws Exception {
        NetworkInterface some = NetworkInterface.networkInterfaces().findFirst().orElseThrow();
        UdpOptions first = UdpOptions.defaults()
                .maxPacketSize(7)
                .receiveBuffer(1)
                .sendBuffer(2)
                .reuseAddress(true)
                .reusePort(true)
                .broadcast(true)
                .multicastTtl(3)
                .multicastInterface(some);
        UdpOptions second = first.multicastLoopback(false);
        assertThat(first.multicastLoopback()).isTrue();
        assertThat(second.maxPacketSize()).isEqualTo(7);
        assertThat(second.receiveBuffer()).isEqualTo(1);
        assertThat(second.sendBuffer()).isEqualTo(2);
        assertThat(second.reuseAddress()).isTrue();
        assertThat(second.reusePort()).isTrue();
        assertThat(second.broadcast()).isTrue();
        assertThat(second.multicastTtl()).isEqualTo(3);
        assertThat(second.multicastInterface()).contains(some);
    }

    @Test
    void whatIsOutOfRangeSaysWhatIsAllowed() {
        UdpOptions defaults = UdpOptions.defaults();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.maxPacketSize(65_508))
                .withMessage("a maximum packet size must be from 1 to 65507 bytes, not 65508");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.maxPacketSize(0))
                .withMessage("a maximum packet size must be from 1 to 65507 bytes, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.receiveBuffer(-1))
                .withMessageContaining("a receive buffer must be from 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.sendBuffer(-1))
                .withMessageContaining("a send buffer must be from 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.multicastTtl(256))
                .withMessage("a multicast TTL must be from 0 to 255 hops, not 256");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void optionsReachTheSocket(boolean ipv4Alone) throws Exception {
        NetworkInterface some = NetworkInterface.networkInterfaces().findFirst().orElseThrow();
        UdpOptions options = UdpOptions.defaults()
                .receiveBuffer(20_000)
                .sendBuffer(30_000)
                .reuseAddress(true)
                .reusePort(true)
                .broadcast(true)
                .multicastTtl(0)
                .multicastLoopback(false)
                .multicastInterface(some);
        try (DatagramChannel channel = UdpChannels.open(ipv4Alone, options)) {
            assertThat(channel.getOption(StandardSocketOptions.SO_RCVBUF)).isBetween(20_000, 40_000);
            assertThat(channel.getOption(StandardSocketOptions.SO_SNDBUF)).isBetween(30_000, 60_000);
            assertThat(channel.getOption(StandardSocketOptions.SO_REUSEADDR)).isTrue();
            assertThat(channel.getOption(StandardSocketOptions.SO_REUSEPORT)).isTrue();
            assertThat(channel.getOption(StandardSocketOptions.SO_BROADCAST)).isTrue();
            assertThat(channel.getOption(StandardSocketOptions.IP_MULTICAST_TTL))
                    .isZero();
            assertThat(channel.getOption(StandardSocketOptions.IP_MULTICAST_LOOP))
                    .isFalse();
            assertThat(channel.getOption(StandardSocketOptions.IP_MULTICAST_IF)).isEqualTo(some);
        }
    }
}
