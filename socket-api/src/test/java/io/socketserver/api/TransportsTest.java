package io.socketserver.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No transport is installed where these tests run. */
class TransportsTest {

    @Test
    void thereAreNoSchemes() {
        assertThat(Transports.schemes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://localhost:1, tcp, io.socketserver.tcp",
        "TCP://localhost:1, tcp, io.socketserver.tcp",
        "udp://localhost:1, udp, io.socketserver.udp",
        "unix:/path, unix, io.socketserver.unix",
        "unixgram:/path, unixgram, io.socketserver.unix",
    })
    void aKnownSchemeNamesTheModuleToAdd(URI uri, String scheme, String module) {
        String message = "no transport for '" + scheme + ":'; installed: none; add the module " + module;
        assertThatThrownBy(() -> Transports.bind(uri))
                .isInstanceOf(NoTransportException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> Transports.connect(uri))
                .isInstanceOf(NoTransportException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> Transports.connect(uri, Duration.ofSeconds(1)))
                .isInstanceOf(NoTransportException.class)
                .hasMessage(message);
    }

    @Test
    void anUnknownSchemeListsTheModulesThereAre() {
        assertThatThrownBy(() -> Transports.bind(URI.create("ftp://localhost:1")))
                .isInstanceOf(NoTransportException.class)
                .hasMessage("no transport for 'ftp:'; installed: none; known modules: "
                        + "[io.socketserver.tcp, io.socketserver.udp, io.socketserver.unix]");
    }

    @Test
    void aHostInThePlaceOfAScheme() {
        assertThatThrownBy(() -> Transports.bind(URI.create("localhost:8080")))
                .isInstanceOf(NoTransportException.class)
                .hasMessage("no transport for 'localhost:'; installed: none; if 'localhost' is a host, write its scheme"
                        + " too, as in tcp://localhost:8080");
    }

    @Test
    void aUriNeedsAScheme() {
        assertThatThrownBy(() -> Transports.bind(URI.create("//localhost:1")))
                .isInstanceOf(IllegalArgumentException.class)
                .isNotInstanceOf(NoTransportException.class)
                .hasMessage("bad address '//localhost:1': expected a URI with a scheme, such as tcp://localhost:8080");
    }
}
