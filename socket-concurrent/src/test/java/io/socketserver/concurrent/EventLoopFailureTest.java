package io.socketserver.concurrent;

import static io.socketserver.concurrent.LoopServer.next;
import static io.socketserver.concurrent.LoopServer.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Observer;
import io.socketserver.api.Observer.Refusal;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import io.socketserver.api.spi.StreamChannel;
import io.socketserver.tcp.Tcp;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryEndpoint;
import io.socketserver.testkit.MemoryOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.Mockito;

/** Loops that fail or end, and what they cannot serve. */
@Timeout(30)
class EventLoopFailureTest {

    private static final MessageHandler ECHO = (message, replies) -> replies.send(message);

    // Made before the leaks are counted, since it takes a socket to make the first.
    private static final StreamChannel PLAIN = Mockito.mock(StreamChannel.class);

    private final LeakCheck leaks = LeakCheck.begin();
    private final BlockingQueue<Replies> conversations = new LinkedBlockingQueue<>();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    private static void assertEchoes(Connection client, String line) throws IOException {
        client.writeLine(line);
        assertThat(client.readLine()).isEqualTo(line);
    }

    @Test
    void aLoopThatFailsIsReplacedAndItsConversationsEndWithTheFailure() throws Exception {
        try (ChildLog log = new ChildLog();
                LoopServer served = LoopServer.start(ECHO.over(Framing.lines()));
                Connection first = served.connect();
                Connection second = served.connect()) {
            assertEchoes(first, "one");
            assertEchoes(second, "two");
            IOException cause = new IOException("no descriptors, say");
            served.endpoint.pollers.get(0).fail(cause);
            assertThat(first.readLine()).isNull();
            assertThat(second.readLine()).isNull();
            for (int i = 0; i < 2; i++) {
                assertThat(next(served.failures))
                        .hasMessage("the event loop has failed")
                        .hasCause(cause);
            }
            assertThat(log.next()).isEqualTo("loop-1 has failed; its connections are closed");
            try (Connection third = served.connect()) {
                assertEchoes(third, "three");
            }
            assertThat(served.endpoint.pollers).hasSize(2);
        }
    }

    @Test
    void alsoThoseOfPeersThatDoNotTakeTheirReplies() throws Exception {
        MessageHandler much = new MessageHandler() {
            @Override
            public void handle(ByteBuffer message, Replies replies) throws IOException {
                send(replies, "x".repeat(1000));
                replies.flush();
                conversations.add(replies);
            }
        };
        LoopServer.Parts parts = LoopServer.parts();
        parts.memory = MemoryOptions.defaults().capacity(10);
        try (ChildLog quiet = new ChildLog();
                LoopServer served = parts.start(much.over(Framing.lines()));
                Connection slow = served.connect()) {
            slow.writeLine("go");
            conversations.take();
            served.endpoint.pollers.get(0).fail(new IOException("test"));
            assertThat(next(served.failures)).hasMessage("the event loop has failed");
            next(served.ended);
            assertThat(quiet.next()).isNotEmpty();
        }
    }

    @Test
    void whatCannotBePolledIsRefusedAndTheServerGoesOn() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        MemoryEndpoint memory = MemoryEndpoint.bind();
        Server<Connection> server = Server.on(new ReplacedFirst(memory, Connection.of(PLAIN)))
                .observe(new Observer() {
                    @Override
                    public void refused(Request request, Refusal reason) {
                        assertThat(reason).isEqualTo(Refusal.REJECTED);
                        refused.incrementAndGet();
                    }
                })
                .onError((request, failure) -> failures.add(failure))
                .dispatch(Dispatchers.eventLoop())
                .handle(ECHO.over(Framing.lines()))
                .start();
        try (server;
                Connection first = memory.connect();
                Connection second = memory.connect()) {
            assertThat(next(failures))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessage("an event loop needs a transport whose channels are"
                            + " io.socketserver.api.spi.PollableChannel, and "
                            + PLAIN.getClass().getName()
                            + " is not: use another dispatcher, such as Dispatchers.threads()");
            assertEchoes(second, "hello");
            assertThat(refused).hasValue(1);
            Mockito.verify(PLAIN, Mockito.atLeastOnce()).close();
            assertThat(first.isOpen()).isTrue();
        }
    }

    private void closesWhileAConversationLasts(LoopStep end) throws Exception {
        TappedEndpoint endpoint = new TappedEndpoint(Tcp.bind("127.0.0.1", 0));
        AtomicInteger polls = new AtomicInteger();
        Server<Connection> server = Server.on(endpoint)
                .onError((request, failure) -> assertThat(failure).isInstanceOf(ClosedChannelException.class))
                .dispatch(Dispatchers.eventLoop(EventLoopOptions.of(1).blockOnClose(false)))
                .handle(Framing.lines().handler((message, replies) -> {
                    conversations.add(replies);
                    polls.set(endpoint.pollers.get(0).polls());
                    replies.send(message);
                }))
                .start();
        int port = ((InetSocketAddress) server.address()).getPort();
        try (Connection client = Tcp.connect("127.0.0.1", port)) {
            assertEchoes(client, "hello");
            Replies replies = conversations.take();
            server.close();
            assertEchoes(client, "still there");
            endpoint.pollers.get(0).awaitPollAfter(polls.get());
            end.end(client, replies);
            assertThat(client.readLine()).isNull();
        }
    }

    /** Ends a conversation. */
    private interface LoopStep {
        void end(Connection client, Replies replies) throws IOException;
    }

    @Test
    void aLoopEndsWithItsLastConversationWhenThePeerEndsThat() throws Exception {
        closesWhileAConversationLasts((client, replies) -> client.shutdownOutput());
    }

    @Test
    void aLoopEndsWithItsLastConversationWhenAnotherThreadEndsThat() throws Exception {
        closesWhileAConversationLasts((client, replies) -> replies.end());
    }

    @Test
    void aLoopEndsWithItsLastConversationWhenAnotherThreadClosesThat() throws Exception {
        closesWhileAConversationLasts((client, replies) -> replies.request().close());
    }

    @Test
    void connectionsAreDealtOutInTurn() throws Exception {
        MessageHandler who = (message, replies) ->
                replies.send(UTF_8.encode(Thread.currentThread().getName()));
        LoopServer.Parts parts = LoopServer.parts();
        parts.options = EventLoopOptions.of(3).name("turn").daemon(true);
        try (LoopServer served = parts.start(who.over(Framing.lines()))) {
            for (int i = 0; i < 7; i++) {
                try (Connection client = served.connect()) {
                    client.writeLine("who?");
                    assertThat(client.readLine()).isEqualTo("turn-" + (i % 3 + 1));
                }
            }
            assertThat(served.server.drain(Duration.ofSeconds(20)).completed()).isEqualTo(7);
        }
    }
}
