package io.socketserver.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnixOptionsTest {

    @Test
    void defaultsAreThoseDocumented() {
        UnixOptions streams = UnixOptions.defaults();
        assertThat(streams.backlog()).isEqualTo(1024);
        assertThat(PosixFilePermissions.toString(streams.mode())).isEqualTo("rw-------");
        assertThat(streams.receiveBuffer()).isZero();
        assertThat(streams.sendBuffer()).isZero();
        UnixgramOptions datagrams = UnixgramOptions.defaults();
        assertThat(datagrams.maxPacketSize()).isEqualTo(8192);
        assertThat(PosixFilePermissions.toString(datagrams.mode())).isEqualTo("rw-------");
        assertThat(datagrams.sendTimeoutOr(Duration.ofDays(1))).isEqualTo(Duration.ofDays(1));
        assertThat(datagrams.receiveBuffer()).isZero();
        assertThat(datagrams.sendBuffer()).isZero();
    }

    @Test
    void aQuerySetsEachOption() {
        UnixOptions streams =
                UnixOptions.of(URI.create("unix:/s?backlog=7&mode=0640&receive-buffer=4096&send-buffer=8192"));
        assertThat(streams.backlog()).isEqualTo(7);
        assertThat(PosixFilePermissions.toString(streams.mode())).isEqualTo("rw-r-----");
        assertThat(streams.receiveBuffer()).isEqualTo(4096);
        assertThat(streams.sendBuffer()).isEqualTo(8192);
        UnixgramOptions datagrams = UnixgramOptions.of(URI.create(
                "unixgram:/s?max-packet-size=7&mode=777&send-timeout=250&receive-buffer=4096&send-buffer=8192"));
        assertThat(datagrams.maxPacketSize()).isEqualTo(7);
        assertThat(PosixFilePermissions.toString(datagrams.mode())).isEqualTo("rwxrwxrwx");
        assertThat(datagrams.sendTimeoutOr(Duration.ZERO)).isEqualTo(Duration.ofMillis(250));
        assertThat(datagrams.receiveBuffer()).isEqualTo(4096);
        assertThat(datagrams.sendBuffer()).isEqualTo(8192);
    }

    @Test
    void anOptionLeavesTheOthersAndItsOriginalAlone() {
        UnixOptions first = UnixOptions.defaults().backlog(7);
        UnixOptions second = first.mode("rw-rw----");
        assertThat(second.backlog()).isEqualTo(7);
        assertThat(PosixFilePermissions.toString(first.mode())).isEqualTo("rw-------");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UnixOptions.defaults().backlog(0))
                .withMessage("a backlog must be 1 or more, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UnixOptions.defaults().sendBuffer(-1))
                .withMessageContaining("send buffer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UnixOptions.defaults().mode("660"))
                .withMessageContaining("such as rw-rw----, not '660'");
        for (int digits : new int[] {8, 680, 1660, -600}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SocketMode.ofDigits(digits))
                    .withMessageContaining("three octal digits")
                    .withMessageContaining("not " + digits);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UnixgramOptions.defaults().maxPacketSize(0))
                .withMessage("a maximum packet size must be from 1 to 16777216 bytes, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UnixgramOptions.defaults().sendTimeout(Duration.ofNanos(-1)))
                .withMessageContaining("a send timeout must be zero");
    }
}
