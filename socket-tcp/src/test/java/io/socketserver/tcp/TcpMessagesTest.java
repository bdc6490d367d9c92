package io.socketserver.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Server;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageChannel;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import io.socketserver.testkit.LeakCheck;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A conversation over real sockets, which block, or have time-outs and do not. */
@Timeout(20)
class TcpMessagesTest {

    private final LeakCheck leaks = LeakCheck.begin();
    private final BlockingQueue<Replies> conversations = new LinkedBlockingQueue<>();

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    private static int port(Server<?> server) {
        return ((InetSocketAddress) server.address()).getPort();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherThreadEndsAConversationThatWaitsForMessages(boolean timeouts) throws Exception {
        MessageHandler joins = (message, replies) -> {
            conversations.add(replies);
            replies.send(message);
        };
        Framing framing = Framing.lengthPrefix(4);
        try (var server = Server.on(Tcp.bind("localhost", 0))
                        .handle(connection -> {
                            connection.readTimeout(timeouts ? Duration.ofSeconds(60) : Duration.ZERO);
                            joins.over(framing).handle(connection);
                        })
                        .start();
                Connection connection = Tcp.connect("localhost", port(server))) {
            MessageChannel client = MessageChannel.of(connection, framing);
            client.send(UTF_8.encode("in"));
            assertThat(client.receive()).isEqualTo(UTF_8.encode("in"));
            Replies replies = conversations.take();
            replies.send(ByteBuffer.allocate(60_000));
            assertThat(client.receive()).isEqualTo(ByteBuffer.allocate(60_000));
            replies.end();
            assertThat(client.receive()).isNull();
        }
    }
}
