package io.socketserver.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

    @ParameterizedTest
    @CsvSource({
        "tcp://localhost:80, localhost, 80, localhost:80",
        "tcp://localhost:80/, localhost, 80, localhost:80",
        "tcp://localhost:0?backlog=3, localhost, 0, localhost:0",
        "tcp://my_host:65535, my_host, 65535, my_host:65535",
        "tcp://127.0.0.1:1, 127.0.0.1, 1, 127.0.0.1:1",
        "tcp://[::1]:53, ::1, 53, [::1]:53",
        "tcp://[fe80::1%254]:53, fe80::1%4, 53, [fe80::1%4]:53",
        "tcp://[fe80::1%25eth0]:53, fe80::1%eth0, 53, [fe80::1%eth0]:53",
        "tcp://[fe80::1%eth0]:53, fe80::1%eth0, 53, [fe80::1%eth0]:53",
        "tcp://[fe80::1%25]:53, fe80::1%25, 53, [fe80::1%25]:53",
        "tcp://*:8080, '', 8080, :8080",
        "tcp://:8080, '', 8080, :8080",
    })
    void readsHostAndPort(URI uri, String host, int port, String text) {
        assertThat(HostPort.of(uri)).isEqualTo(new HostPort(host, port)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp:localhost",
                "tcp:/localhost:80",
                "tcp:///path",
                "tcp://localhost",
                "tcp://localhost:",
                "tcp://localhost:eighty",
                "tcp://localhost:-1",
                "tcp://localhost:+80",
                "tcp://localhost:\u0668\u0660",
                "tcp://localhost:65536",
                "tcp://localhost:99999999999",
                "tcp://localhost:80/path",
                "tcp://localhost:80#fragment",
                "tcp://user@localhost:80",
                "tcp://one:two:80",
                "tcp://[::1]",
            })
    void everyOtherFormGetsOneMessage(URI uri) {
        assertThatThrownBy(() -> HostPort.of(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bad address '" + uri + "': expected tcp://host:port with a port from 0 to 65535, such as "
                        + "tcp://localhost:8080, tcp://[::1]:8080 or tcp://*:8080");
    }

    @Test
    void theMessageNamesTheUrisOwnScheme() {
        assertThatThrownBy(() -> HostPort.of(URI.create("udp://x")))
                .hasMessageContaining("expected udp://host:port")
                .hasMessageContaining("udp://*:8080");
    }

    @Test
    void portsAreChecked() {
        assertThatThrownBy(() -> new HostPort("localhost", -1)).hasMessage("a port must be from 0 to 65535, not -1");
        assertThatThrownBy(() -> new HostPort("localhost", 65_536))
                .hasMessage("a port must be from 0 to 65535, not 65536");
    }

    @Test
    void resolves() throws Exception {
        assertThat(new HostPort("127.0.0.1", 80).resolve()).hasToString("/127.0.0.1:80");
        assertThat(new HostPort("", 80).resolve().getAddress().isAnyLocalAddress())
                .isTrue();
        assertThat(new HostPort("::1", 80).resolve().getAddress().isLoopbackAddress())
                .isTrue();
        assertThatThrownBy(() -> new HostPort("no.such.host.invalid", 80).resolve())
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("unknown host: no.such.host.invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, tcp://127.0.0.1:80",
        "::1, tcp://[::1]:80",
        "::, tcp://[::]:80",
        "fe80::1, tcp://[fe80::1]:80",
        "fe80::, tcp://[fe80::]:80",
        "2001:db8:0:1:1:1:1:1, tcp://[2001:db8:0:1:1:1:1:1]:80",
        "2001:0:0:1:0:0:0:1, tcp://[2001:0:0:1::1]:80",
        "2001:0:0:1:1:0:0:1, tcp://[2001::1:1:0:0:1]:80",
        "1:2:3:4:5:6:7:8, tcp://[1:2:3:4:5:6:7:8]:80",
    })
    void writesAddressesInTheirShortForm(String address, URI uri) throws Exception {
        var socket = new InetSocketAddress(InetAddress.getAllByName(address)[0], 80);
        assertThat(HostPort.toUri("tcp", socket)).isEqualTo(uri);
        assertThat(HostPort.of(uri).resolve()).isEqualTo(socket);
    }

    @Test
    void aScopeIsEscaped() throws Exception {
        byte[] linkLocal = InetAddress.getAllByName("fe80::1")[0].getAddress();
        InetAddress scoped = Inet6Address.getByAddress(null, linkLocal, 1);
        assertThat(HostPort.toUri("tcp", new InetSocketAddress(scoped, 80))).hasToString("tcp://[fe80::1%251]:80");
    }
}
