package io.socketserver.samples.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.udp.Udp;
import io.socketserver.udp.UdpEndpoint;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample programs as a beginner runs them, each in a process of its own. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProgramsTest {

    private static final String PACKAGE = "io.socketserver.samples.";

    @ParameterizedTest
    @ValueSource(strings = {"TimeServer", "HookedTimeServer"})
    void timeServerAndItsClient(String name) throws Exception {
        try (Child server = Child.module(PACKAGE + name, "localhost", "0")) {
            URI uri = server.listeningOn();
            try (Child client = Child.module(PACKAGE + "TimeClient", uri.getHost(), String.valueOf(uri.getPort()))) {
                client.type("hello\nagain\n\nnever sent\n");
                assertThat(client.nextLine()).matches("> \\w{3} \\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}");
                assertThat(client.nextLine()).startsWith("> ");
                assertThat(client.nextLine()).isEqualTo("> ");
                assertThat(client.nextLine()).isNull();
                assertThat(client.status()).isZero();
            }
        }
    }

    @Test
    void upperServerAndItsClients() throws Exception {
        try (Child server = Child.module(PACKAGE + "UpperServer", "localhost", "0")) {
            URI uri = server.listeningOn();
            try (Child clients = Child.module(PACKAGE + "UpperClients", uri.getHost(), String.valueOf(uri.getPort()))) {
                for (int i = 1; i <= 50; i++) {
                    assertThat(clients.nextLine()).isEqualTo("hello from client " + i + " -> HELLO FROM CLIENT " + i);
                }
                assertThat(clients.nextLine()).isEqualTo("50 of 50 answers were right");
                assertThat(clients.status()).isZero();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UdpTimeServer, UdpTimeClient, '\\w{3} \\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}', \\w{3} .*",
        "UdpUpperServer, UdpUpperClient, HELLO, ''"
    })
    void datagramServerAndItsClient(String serverName, String clientName, String answer, String toEmpty)
            throws Exception {
        try (Child server = Child.module(PACKAGE + serverName, "localhost", "0")) {
            URI uri = server.listeningOn();
            try (Child client = Child.module(PACKAGE + clientName, uri.getHost(), String.valueOf(uri.getPort()))) {
                client.type("hello\n\n");
                assertThat(client.nextLine()).matches("> " + answer);
                assertThat(client.nextLine()).matches("> " + toEmpty);
                assertThat(client.nextLine()).isEqualTo("> ");
                assertThat(client.status()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UdpTimeClient", "UdpUpperClient"})
    void datagramsThatNobodyReceivesAreToldInOneLine(String name) throws Exception {
        String port;
        try (UdpEndpoint free = Udp.bind("localhost", 0)) {
            port = String.valueOf(free.address().getPort());
        }
        try (Child client = Child.module(PACKAGE + name, "localhost", port)) {
            client.type("hello\n");
            assertThat(client.errors().lines()).singleElement().asString().containsIgnoringCase("refused");
            assertThat(client.status()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localhost http | 2 | bad port 'http': expected a number from 0 to 65535",
                "localhost 65536 | 2 | a port must be from 0 to 65535, not 65536",
                "localhost 1 2 | 2 | too many arguments: expected [host] [port]",
                "no-such-host.invalid | 1 | unknown host: no-such-host.invalid",
            })
    void mistakesAreToldInOneLine(String arguments, int status, String complaint) throws Exception {
        try (Child server = Child.module(PACKAGE + "TimeServer", arguments.split(" "))) {
            assertThat(server.errors().lines()).containsExactly(complaint);
            assertThat(server.status()).isEqualTo(status);
        }
    }
}
