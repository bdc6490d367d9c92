package io.socketserver.unix;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.testkit.junit.ServerExtension;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class UnixServerExtensionTest {

    @RegisterExtension
    final ServerExtension<Connection> server = ServerExtension.atPath((Path path) -> Unix.bind(path))
            .handle(connection -> connection.input().transferTo(connection.output()));

    @Test
    void clientsAreConnectedAndClosedByTheExtension(Connection client) throws IOException {
        client.writeLine("one");
        assertThat(client.readLine()).isEqualTo("one");
        assertThat(server.uri().getScheme()).isEqualTo("unix");
    }
}
