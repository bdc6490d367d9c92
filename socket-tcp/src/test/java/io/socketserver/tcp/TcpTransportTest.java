package io.socketserver.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketserver.api.Connection;
import io.socketserver.api.NoTransportException;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.Transports;
import io.socketserver.testkit.LeakCheck;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpTransportTest {

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    @Test
    void isFoundByItsScheme() throws Exception {
        assertThat(Transports.schemes()).contains("tcp");
        try (var server = Server.on(Transports.bind(URI.create("TCP://127.0.0.1:0?backlog=5")))
                .handle((Request request) -> request.input().transferTo(request.output()))) {
            server.start();
            try (Connection client = Transports.connect(server.uri(), Duration.ofSeconds(10))) {
                client.writeLine("by URI");
                assertThat(client.readLine()).isEqualTo("by URI");
            }
        }
    }

    @Test
    void aMissingOneIsNamedWithItsModule() {
        assertThatExceptionOfType(NoTransportException.class)
                .isThrownBy(() -> Transports.bind(URI.create("unix:/run/x")))
                .withMessageContaining("'unix:'")
                .withMessageContaining("installed: tcp")
                .withMessageContaining("add the module io.socketserver.unix");
    }

    @Test
    void anAddressThatItDoesNotUnderstandIsExplained() {
        for (String bad : new String[] {"tcp://localhost", "tcp:localhost:80", "tcp://localhost:x", "tcp://h:1/path"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Transports.bind(URI.create(bad)))
                    .withMessageContaining("bad address '" + bad + "'")
                    .withMessageContaining("tcp://host:port");
        }
    }
}
