package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Datagram;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MemoryDatagramEndpointTest {

    private final VirtualTime time = new VirtualTime();
    private final MemoryDatagramEndpoint endpoint = MemoryDatagramEndpoint.bind(
            "echo", MemoryOptions.defaults().backlog(1).time(time));
    private final MemoryDatagramClient client = endpoint.client();

    private Datagram received() throws IOException {
        Datagram datagram = endpoint.accept(Duration.ZERO);
        assertThat(datagram).isNotNull();
        return datagram;
    }

    @Test
    void datagramsArriveWithTheirSender() throws Exception {
        byte[] payload = {1, 2};
        client.send(payload);
        payload[0] = 9;
        Datagram datagram = received();
        assertThat(datagram.payload()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(datagram.truncated()).isFalse();
        assertThat(datagram.remoteAddress()).isEqualTo(client.address()).hasToString("memory:echo#1");
        assertThat(datagram.localAddress()).isEqualTo(endpoint.address());
        assertThat(endpoint.uri()).isEqualTo(URI.create("memory:echo"));
        assertThat(endpoint).hasToString("memory:echo");
        assertThat(client).hasToString("memory:echo#1");
        assertThat(endpoint.accept(Duration.ZERO)).isNull();
    }

    @Test
    void repliesGoToTheSenderOnly() throws Exception {
        MemoryDatagramClient other = endpoint.client();
        client.send(new byte[0]);
        received().send(ByteBuffer.wrap(new byte[] {7}));
        assertThat(other.receive(Duration.ZERO)).isNull();
        assertThat(client.receive(Duration.ZERO)).containsExactly(7);
    }

    @Test
    void afterStoppingReplyingIsPossibleAndAfterClosingItIsNot() throws Exception {
        client.send(new byte[0]);
        Datagram datagram = received();
        client.send(new byte[0]);
        endpoint.stopAccepting();
        assertThatThrownBy(() -> endpoint.accept(Duration.ZERO)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> client.send(new byte[0])).isInstanceOf(PortUnreachableException.class);
        datagram.send(ByteBuffer.wrap(new byte[] {7}));
        assertThat(client.receive(Duration.ZERO)).containsExactly(7);
        endpoint.close();
        endpoint.close();
        assertThatThrownBy(() -> datagram.send(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aFullBacklogComplains() throws Exception {
        client.send(new byte[0]);
        assertThatThrownBy(() -> client.send(new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessage("the backlog of memory:echo is full: 1 datagrams wait to be accepted");
        Datagram datagram = received();
        datagram.send(ByteBuffer.allocate(0));
        assertThatThrownBy(() -> datagram.send(ByteBuffer.allocate(0)))
                .hasMessage("the backlog of memory:echo#1 is full of replies that nobody receives");
    }

    @Test
    void receivingTimesOut() throws Exception {
        Async<byte[]> reply = Async.call(() -> client.receive(Duration.ofSeconds(1)));
        time.awaitWaiter(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(1));
        assertThat(reply.join()).isNull();
    }

    @Test
    void aClosedClientNeitherSendsNorReceives() throws Exception {
        client.send(new byte[0]);
        Datagram datagram = received();
        client.close();
        client.close();
        assertThatThrownBy(() -> client.send(new byte[0])).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> client.receive(Duration.ZERO)).isInstanceOf(ClosedChannelException.class);
        datagram.send(ByteBuffer.allocate(1));
    }

    @Test
    void aWakeupIsRemembered() throws Exception {
        client.send(new byte[0]);
        endpoint.wakeup();
        assertThat(endpoint.accept(Duration.ofDays(1))).isNull();
        assertThat(received().isOpen()).isTrue();
    }
}
