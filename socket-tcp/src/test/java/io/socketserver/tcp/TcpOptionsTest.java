package io.socketserver.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketserver.api.Connection;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

class TcpOptionsTest {

    @Test
    void defaultsAreThoseDocumented() {
        TcpOptions options = TcpOptions.defaults();
        assertThat(options.reuseAddress()).isTrue();
        assertThat(options.reusePort()).isFalse();
        assertThat(options.backlog()).isEqualTo(1024);
        assertThat(options.noDelay()).isTrue();
        assertThat(options.keepAlive()).isFalse();
        assertThat(options.receiveBuffer()).isZero();
        assertThat(options.sendBuffer()).isZero();
    }

    @Test
    void aQuerySetsEachOption() {
        TcpOptions options = TcpOptions.of(URI.create("tcp://localhost:0?reuse-address=false&reuse-port=true&backlog=7"
                + "&no-delay=false&keep-alive=true&receive-buffer=4096&send-buffer=8192"));
        assertThat(options.reuseAddress()).isFalse();
        assertThat(options.reusePort()).isTrue();
        assertThat(options.backlog()).isEqualTo(7);
        assertThat(options.noDelay()).isFalse();
        assertThat(options.keepAlive()).isTrue();
        assertThat(options.receiveBuffer()).isEqualTo(4096);
        assertThat(options.sendBuffer()).isEqualTo(8192);
    }

    @Test
    void anOptionLeavesTheOthersAndItsOriginalAlone() {
        TcpOptions first = TcpOptions.defaults().backlog(7);
        TcpOptions second = first.keepAlive(true);
        assertThat(second.backlog()).isEqualTo(7);
        assertThat(first.keepAlive()).isFalse();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcpOptions.of(URI.create("tcp://localhost:0?backlog=many")))
                .withMessageContaining("'many'")
                .withMessageContaining("'backlog'")
                .withMessageContaining("a whole number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcpOptions.of(URI.create("tcp://localhost:0?nagle=true")))
                .withMessageContaining("unknown option 'nagle'")
                .withMessageContaining("no-delay");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcpOptions.defaults().backlog(0))
                .withMessage("a backlog must be 1 or more, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcpOptions.defaults().sendBuffer(-1))
                .withMessageContaining("send buffer");
    }

    @Test
    void optionsReachTheSocket() throws Exception {
        try (var endpoint = Tcp.bind("127.0.0.1", 0);
                SocketChannel channel = SocketChannel.open(endpoint.address())) {
            TcpOptions options = TcpOptions.defaults().keepAlive(true).sendBuffer(20_000);
            try (Connection connected = TcpConnection.of(channel, options)) {
                assertThat(channel.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
                assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE))
                        .isTrue();
                assertThat(channel.getOption(StandardSocketOptions.SO_SNDBUF)).isBetween(20_000, 40_000);
                assertThat(connected.isOpen()).isTrue();
            }
        }
    }
}
