package io.socketserver.concurrent;

import static io.socketserver.concurrent.LoopServer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.DrainReport;
import io.socketserver.api.Server;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryDatagramEndpoint;
import io.socketserver.testkit.MemoryOptions;
import io.socketserver.testkit.VirtualTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who ends a server while datagrams have announced replies, and what is waited for then. */
@Timeout(30)
class EventLoopDatagramEndingTest {

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final LeakCheck leaks = LeakCheck.begin();
    private final VirtualTime time = new VirtualTime();
    private final MemoryDatagramEndpoint endpoint =
            MemoryDatagramEndpoint.bind("datagrams", MemoryOptions.defaults().time(time));
    private final BlockingQueue<Replies.Later> announced = new LinkedBlockingQueue<>();
    private final BlockingQueue<DrainReport> reports = new LinkedBlockingQueue<>();

    @AfterEach
    void nothingIsLeft() {
        endpoint.close();
        leaks.assertNone();
    }

    private Server<Datagram> server(MessageHandler handler) {
        return Server.on(endpoint).time(time).dispatch(Dispatchers.eventLoop()).handle(handler.over(Framing.none()));
    }

    private static void say(DatagramClient client, String text) throws IOException {
        client.send(text.getBytes(UTF_8));
    }

    private static String hear(DatagramClient client) throws IOException {
        return text(client.receive().payload());
    }

    private static void answer(Replies.Later later, String text) throws IOException {
        try (later) {
            later.send(UTF_8.encode(text));
        }
    }

    @Test
    void theThreadThatHasServedWaitsForWhatOthersHaveAnnounced() throws Exception {
        try (Server<Datagram> server = server((message, replies) -> announced.add(replies.later()));
                DatagramClient client = endpoint.client()) {
            say(client, "a");
            assertThat(server.serveOne(GRACE)).isTrue();
            server.shutdown();
            assertThat(server.awaitStopped(Duration.ZERO)).isFalse();
            answer(announced.take(), "b");
            assertThat(server.awaitStopped(Duration.ZERO)).isTrue();
            assertThat(hear(client)).isEqualTo("b");
        }
    }

    @Test
    void aDrainFromWithinWaitsForWhatOthersHaveAnnounced() throws Exception {
        MessageHandler handler = (message, replies) -> {
            if (text(message).equals("quit")) {
                reports.add(replies.request().server().orElseThrow().drain(GRACE));
            } else {
                announced.add(replies.later());
            }
        };
        try (Server<Datagram> server = server(handler).start();
                DatagramClient client = endpoint.client()) {
            say(client, "a");
            say(client, "quit");
            Replies.Later owed = announced.take();
            time.awaitWaiter(GRACE);
            answer(owed, "b");
            assertThat(hear(client)).isEqualTo("b");
            assertThat(reports.take()).isEqualTo(new DrainReport(2, 0, 0, Duration.ZERO));
            assertThat(server.state()).isEqualTo(Server.State.CLOSED);
        }
    }

    @Test
    void whoeverFinishesIsWithin() throws Exception {
        MessageHandler handler = new MessageHandler() {
            @Override
            public void handle(ByteBuffer message, Replies replies) {
                announced.add(replies.later());
            }

            @Override
            public void finish(Replies replies) throws IOException {
                replies.send(UTF_8.encode("bye"));
                reports.add(replies.request().server().orElseThrow().drain(GRACE));
            }
        };
        try (Server<Datagram> server = server(handler).start();
                DatagramClient client = endpoint.client()) {
            say(client, "a");
            Replies.Later owed = announced.take();
            FutureTask<Boolean> other = new FutureTask<>(() -> {
                answer(owed, "b");
                return true;
            });
            Thread thread = new Thread(other, "other");
            thread.start();
            assertThat(hear(client)).isEqualTo("b");
            assertThat(hear(client)).isEqualTo("bye");
            assertThat(other.get()).isTrue();
            thread.join();
            assertThat(reports.take()).isEqualTo(new DrainReport(1, 0, 0, Duration.ZERO));
            assertThat(server.state()).isEqualTo(Server.State.CLOSED);
        }
    }

    @Test
    void whoFinishesWhereItWasReceivedIsWithinToo() throws Exception {
        MessageHandler handler = new MessageHandler() {
            @Override
            public void handle(ByteBuffer message, Replies replies) {
                // The whole is said at its end.
            }

            @Override
            public void finish(Replies replies) throws IOException {
                replies.send(UTF_8.encode("bye"));
                reports.add(replies.request().server().orElseThrow().drain(GRACE));
            }
        };
        try (Server<Datagram> server = server(handler).start();
                DatagramClient client = endpoint.client()) {
            say(client, "a");
            assertThat(hear(client)).isEqualTo("bye");
            assertThat(reports.take()).isEqualTo(new DrainReport(1, 0, 0, Duration.ZERO));
            assertThat(server.state()).isEqualTo(Server.State.CLOSED);
        }
    }
}
