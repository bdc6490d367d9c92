package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
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
    private final DatagramClient client = endpoint.client();

    private Datagram received() throws IOException {
        Datagram datagram = endpoint.accept(Duration.ZERO);
        assertThat(datagram).isNotNull();
        return datagram;
    }

    private static void assertNothingArrived(DatagramClient client) {
        assertThatThrownBy(() -> client.receive(Duration.ZERO)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aNameAndOptionsCanBeLeftToIt() {
        assertThat(MemoryDatagramEndpoint.bind("echo").uri()).hasToString("memory:echo");
        assertThat(MemoryDatagramEndpoint.bind().uri())
                .isNotEqualTo(MemoryDatagramEndpoint.bind().uri());
        assertThatThrownBy(() -> MemoryDatagramEndpoint.bind("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsTooLongIsCutAndSaysSo() throws Exception {
        MemoryDatagramEndpoint narrow =
                MemoryDatagramEndpoint.bind(MemoryOptions.defaults().maxPacketSize(2));
        DatagramClient sender = narrow.client();
        ByteBuffer three = ByteBuffer.wrap(new byte[] {1, 2, 3});
        sender.send(three);
        assertThat(three.hasRemaining()).isFalse();
        sender.send(new byte[] {1, 2});
        Datagram cut = narrow.accept(Duration.ZERO);
        assertThat(cut.truncated()).isTrue();
        assertThat(cut.payload()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        cut.send(new byte[] {3});
        assertThat(sender.receive().payload()).isEqualTo(ByteBuffer.wrap(new byte[] {3}));
        assertThat(narrow.accept(Duration.ZERO).truncated()).isFalse();
        assertThatThrownBy(() -> MemoryOptions.defaults().maxPacketSize(0))
                .hasMessage("a maximum packet size must be 1 or more, not 0");
    }

    @Test
    void datagramsArriveWithTheirSender() throws Exception {
        byte[] payload = {1, 2};
        client.send(payload);
        payload[0] = 9;
        Datagram datagram = received();
        assertThat(datagram.payload()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(datagram.truncated()).isFalse();
        assertThat(datagram.remoteAddress()).isEqualTo(client.localAddress()).hasToString("memory:echo#1");
        assertThat(datagram.localAddress()).isEqualTo(endpoint.address());
        assertThat(endpoint.uri()).isEqualTo(URI.create("memory:echo"));
        assertThat(endpoint).hasToString("memory:echo");
        assertThat(client.remoteAddress()).isEqualTo(endpoint.address());
        assertThat(endpoint.accept(Duration.ZERO)).isNull();
    }

    @Test
    void repliesGoToTheSenderOnly() throws Exception {
        DatagramClient other = endpoint.client();
        client.send(new byte[0]);
        received().send(ByteBuffer.wrap(new byte[] {7}));
        assertNothingArrived(other);
        assertThat(client.receive(Duration.ZERO).payload()).isEqualTo(ByteBuffer.wrap(new byte[] {7}));
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
        assertThat(client.receive(Duration.ZERO).payload()).isEqualTo(ByteBuffer.wrap(new byte[] {7}));
        endpoint.close();
        endpoint.close();
        assertThatThrownBy(() -> datagram.send(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aFullBacklogComplains() throws Exception {
        client.send(new byte[0]);
        assertThatThrownBy(() -> client.send(new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessage("the backlog of memory:echo is full: 1 datagrams wait to be received");
        Datagram datagram = received();
        datagram.send(ByteBuffer.allocate(0));
        assertThatThrownBy(() -> datagram.send(ByteBuffer.allocate(0)))
                .hasMessage("the backlog of memory:echo#1 is full: 1 datagrams wait to be received");
    }

    @Test
    void receivingTimesOut() throws Exception {
        Async<Datagram> reply = Async.call(() -> client.receive(Duration.ofSeconds(1)));
        time.awaitWaiter(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(1));
        assertThatThrownBy(reply::join).isInstanceOf(SocketTimeoutException.class);
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
