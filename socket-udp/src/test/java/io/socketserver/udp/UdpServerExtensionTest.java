package io.socketserver.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.testkit.junit.ServerExtension;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class UdpServerExtensionTest {

    @RegisterExtension
    final ServerExtension<Datagram> server =
            ServerExtension.on(() -> Udp.bind("localhost", 0)).handle(datagram -> datagram.send(datagram.payload()));

    @Test
    void clientsAreOpenedAndClosedByTheExtension(DatagramClient client) throws IOException {
        client.send(new byte[] {1, 2});
        assertThat(client.receive().payload()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    }
}
