package io.socketserver.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers of messages in servers, under each dispatcher, and replies from other threads. */
@Timeout(20)
class ServerMessagesTest {

    private static final Duration LONG = Duration.ofSeconds(15);

    private final LeakCheck leaks = LeakCheck.begin();
    private final MemoryEndpoint endpoint = MemoryEndpoint.bind();
    private final Recorder seen = new Recorder();
    private final BlockingQueue<Replies> conversations = new LinkedBlockingQueue<>();
    private final BlockingQueue<Replies.Later> announced = new LinkedBlockingQueue<>();

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    private Server<Connection> server(Strategy strategy, Handler<? super Connection> handler) {
        // Time that stands still: who is cut off has as much as it needs to end.
        return Server.on(endpoint)
                .time(new VirtualTime())
                .dispatch(strategy.create())
                .observe(seen)
                .onError(seen)
                .handle(handler)
                .start();
    }

    /** Announces a reply to each message, and leaves it to somebody else. */
    private Handler<Request> answersLater() {
        return Framing.lines().handler((message, replies) -> announced.add(replies.later()));
    }

    private static ByteBuffer bytes(String text) {
        return UTF_8.encode(text);
    }

    private static String text(DatagramClient client) throws IOException {
        return UTF_8.decode(client.receive(LONG).payload()).toString();
    }

    @ParameterizedTest
    @EnumSource
    void streamsAndDatagramsAreServedByTheSameHandler(Strategy strategy) throws Exception {
        MessageHandler echo = (message, replies) -> replies.send(message);
        Handler<Request> handler = echo.over(Framing.lines());
        try (var server = server(strategy, handler)) {
            for (int i = 0; i < 3; i++) {
                try (Connection client = endpoint.connect()) {
                    client.writeLine("a\nb");
                    assertThat(client.readLine()).isEqualTo("a");
                    client.writeLine("c");
                    assertThat(client.readLine()).isEqualTo("b");
                    assertThat(client.readLine()).isEqualTo("c");
                    client.shutdownOutput();
                    assertThat(client.readLine()).isNull();
                }
            }
            assertThat(server.draining()).isFalse();
        }
        MemoryDatagramEndpoint datagrams = MemoryDatagramEndpoint.bind();
        try (var server = Server.on(datagrams)
                        .dispatch(strategy.create())
                        .handle(handler)
                        .start();
                DatagramClient client = datagrams.client()) {
            client.send("hello\nyou".getBytes(UTF_8));
            assertThat(text(client)).isEqualTo("hello\nyou");
            assertThat(server.draining()).isFalse();
        }
        assertThat(seen.events()).noneMatch(event -> event.startsWith("failed"));
    }

    @ParameterizedTest
    @EnumSource
    void aReplyThatWasAnnouncedIsWaitedForAfterTheLastMessage(Strategy strategy) throws Exception {
        try (var server = server(strategy, answersLater());
                Connection client = endpoint.connect()) {
            client.write("a\nb".getBytes(UTF_8));
            client.shutdownOutput();
            Replies.Later first = announced.take();
            Replies.Later second = announced.take();
            second.send(bytes("two"));
            assertThat(client.readLine()).isEqualTo("two");
            second.close();
            second.close();
            first.send(bytes("one"));
            first.send(bytes("more"));
            first.close();
            assertThat(client.readLine()).isEqualTo("one");
            assertThat(client.readLine()).isEqualTo("more");
            assertThat(client.readLine()).isNull();
            assertThat(server.draining()).isFalse();
        }
        assertThat(seen.count("ended")).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void aDatagramsReplyMayComeLater(Strategy strategy) throws Exception {
        MemoryDatagramEndpoint datagrams = MemoryDatagramEndpoint.bind();
        try (var server = Server.on(datagrams)
                        .dispatch(strategy.create())
                        .handle(answersLater())
                        .start();
                DatagramClient client = datagrams.client()) {
            client.send("a".getBytes(UTF_8));
            try (Replies.Later later = announced.take()) {
                later.send(bytes("one"));
                later.send(bytes(""));
            }
            assertThat(text(client)).isEqualTo("one");
            assertThat(client.receive(LONG).payload().hasRemaining()).isFalse();
            assertThat(server.draining()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anybodyMaySendWhileTheConversationLasts(Strategy strategy) throws Exception {
        MessageHandler joins = (message, replies) -> {
            replies.send(message);
            conversations.add(replies);
        };
        try (var server = server(strategy, joins.over(Framing.lines()));
                Connection client = endpoint.connect()) {
            client.writeLine("in");
            assertThat(client.readLine()).isEqualTo("in");
            Replies replies = conversations.take();
            replies.send(bytes("news"));
            assertThat(client.readLine()).isEqualTo("news");
            client.shutdownOutput();
            seen.await("ended");
            assertThatThrownBy(() -> replies.send(bytes("more"))).isInstanceOf(ClosedChannelException.class);
            assertThat(server.draining()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anybodyMayEndTheConversationEvenInsideAFrame(Strategy strategy) throws Exception {
        MessageHandler joins = (message, replies) -> {
            conversations.add(replies);
            replies.send(message);
        };
        AtomicReference<Framing> framing = new AtomicReference<>();
        try (var server =
                server(strategy, connection -> joins.over(framing.get()).handle(connection))) {
            // The end of the stream completes a line, and nothing else.
            for (Framing each : List.of(Framing.delimitedBy((byte) '\n'), Framing.lines())) {
                framing.set(each);
                try (Connection client = endpoint.connect()) {
                    client.write("in\nhalf a mess".getBytes(UTF_8));
                    // When this is here, the server's thread is about to read, or reads.
                    assertThat(client.readLine()).isEqualTo("in");
                    Replies replies = conversations.take();
                    replies.send(bytes("bye"));
                    replies.end();
                    assertThat(client.readLine()).isEqualTo("bye");
                    assertThat(client.readLine()).isNull();
                    assertThatThrownBy(() -> replies.send(bytes("more"))).isInstanceOf(ClosedChannelException.class);
                }
            }
            seen.await("ended", 2);
            assertThat(server.draining()).isFalse();
        }
        assertThat(conversations).isEmpty();
        assertThat(seen.events()).noneMatch(event -> event.startsWith("failed"));
    }

    @Test
    void anEndFromElsewhereEndsTheWaitForAnnouncedReplies() throws Exception {
        MessageHandler joins = (message, replies) -> {
            announced.add(replies.later());
            conversations.add(replies);
        };
        try (var server = server(Strategy.THREADS, joins.over(Framing.lines()));
                Connection client = endpoint.connect()) {
            client.writeLine("in");
            client.shutdownOutput();
            conversations.take().end();
            assertThat(client.readLine()).isNull();
            Replies.Later late = announced.take();
            assertThatThrownBy(() -> late.send(bytes("more"))).isInstanceOf(ClosedChannelException.class);
            assertThat(server.draining()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDrainCutsOffAConversationThatWaits(Strategy strategy) throws Exception {
        try (var server = server(strategy, answersLater());
                Connection client = endpoint.connect()) {
            client.writeLine("a");
            client.shutdownOutput();
            announced.take();
            assertThat(server.drain(Duration.ZERO).closedAtGrace()).isOne();
        }
        assertThat(seen.events()).noneMatch(event -> event.startsWith("failed"));
    }

    @Test
    void aFailureIsToldOnceAndTheConnectionIsClosed() throws Exception {
        MessageHandler fails = (message, replies) -> {
            replies.send(bytes("sorry"));
            throw new IOException("no");
        };
        try (var server = server(Strategy.THREADS, fails.over(Framing.lines()));
                Connection client = endpoint.connect()) {
            client.writeLine("a");
            assertThat(client.readLine()).isEqualTo("sorry");
            assertThat(client.readLine()).isNull();
            seen.await("failed IOException");
            assertThat(server.draining()).isFalse();
        }
        assertThat(seen.count("failed IOException")).isOne();
    }
}
