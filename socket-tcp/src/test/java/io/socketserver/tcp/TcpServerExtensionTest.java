package io.socketserver.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.testkit.junit.ServerExtension;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class TcpServerExtensionTest {

    @RegisterExtension
    final ServerExtension<Connection> server = ServerExtension.on(() -> Tcp.bind("localhost", 0))
            .handle(connection -> connection.input().transferTo(connection.output()));

    @Test
    void clientsAreConnectedAndClosedByTheExtension(Connection one) throws IOException {
        Connection other = server.connect();
        one.writeLine("one");
        one.shutdownOutput();
        assertThat(one.readLine()).isEqualTo("one");
        other.writeLine("other");
        assertThat(other.readLine()).isEqualTo("other");
    }
}
