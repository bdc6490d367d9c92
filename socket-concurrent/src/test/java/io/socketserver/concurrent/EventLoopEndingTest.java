package io.socketserver.concurrent;

import static io.socketserver.concurrent.LoopServer.next;
import static io.socketserver.concurrent.LoopServer.send;
import static io.socketserver.concurrent.LoopServer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Endpoint;
import io.socketserver.api.FramingException;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.Transports;
import io.socketserver.api.framing.FramedHandler;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import io.socketserver.tcp.Tcp;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How conversations on a loop end, well or not. */
@Timeout(30)
class EventLoopEndingTest {

    private static final Duration GRACE = Duration.ofMillis(1);

    private final LeakCheck leaks = LeakCheck.begin();
    private final BlockingQueue<Replies> conversations = new LinkedBlockingQueue<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    /** Does what it is told to, and counts how often it is begun and finished. */
    private final class Obedient implements MessageHandler {

        @Override
        public MessageHandler begin(Replies replies) throws IOException {
            begun.incrementAndGet();
            send(replies, "hello");
            conversations.add(replies);
            return this;
        }

        @Override
        public void handle(ByteBuffer message, Replies replies) throws IOException {
            String order = text(message);
            switch (order) {
                case "end" -> replies.end();
                case "fail" -> throw new IllegalStateException("told to");
                case "close" -> replies.request().close();
                case "later" -> replies.later();
                case "close server" -> replies.request().server().orElseThrow().close();
                default -> send(replies, order);
            }
        }

        @Override
        public void finish(Replies replies) {
            finished.incrementAndGet();
        }
    }

    /** Ways in which a conversation ends. */
    private enum Way {
        THE_PEER_HAS_SAID_ALL(0, 0, (served, client, replies) -> client.shutdownOutput()),
        THE_PEER_IS_GONE(0, 0, (served, client, replies) -> {
            client.writeLine("later");
            client.close();
            while (true) {
                send(replies, "are you there?");
            }
        }),
        THE_HANDLER_ENDS_IT(0, 0, (served, client, replies) -> client.writeLine("end")),
        ANOTHER_THREAD_ENDS_IT(0, 0, (served, client, replies) -> replies.end()),
        THE_HANDLER_FAILS(1, 1, (served, client, replies) -> client.writeLine("fail\nand more")),
        THE_HANDLER_CLOSES_IT(0, 0, (served, client, replies) -> client.writeLine("close")),
        /** Which is a failure if it comes before a read. */
        ANOTHER_THREAD_CLOSES_IT(
                0, 1, (served, client, replies) -> replies.request().close()),
        THE_FRAMING_IS_BROKEN(1, 1, (served, client, replies) -> client.writeLine("x".repeat(101))),
        THE_SERVER_IS_DRAINED(0, 0, (served, client, replies) -> served.server.drain(GRACE)),
        THE_HANDLER_CLOSES_THE_SERVER(0, 0, (served, client, replies) -> {
            client.writeLine("close server");
            client.shutdownOutput();
        }),
        THE_LOOP_FAILS(
                1,
                1,
                (served, client, replies) -> served.endpoint.pollers.get(0).fail(new IOException("test")));

        /** What somebody does. */
        private interface Deed {
            void on(LoopServer served, Connection client, Replies replies) throws IOException;
        }

        private final int leastFailures;
        private final int mostFailures;

        @SuppressWarnings("ImmutableEnumChecker") // no lambda here has state
        private final Deed deed;

        Way(int leastFailures, int mostFailures, Deed deed) {
            this.leastFailures = leastFailures;
            this.mostFailures = mostFailures;
            this.deed = deed;
        }

        void happen(LoopServer served, Connection client, Replies replies) {
            try {
                deed.on(served, client, replies);
            } catch (IOException e) {
                // Then it has ended.
            }
        }
    }

    private FramedHandler obedient() {
        return new Obedient().over(Framing.lines().maxMessage(100));
    }

    @ParameterizedTest
    @EnumSource
    void whateverEndsItItIsFinishedOnce(Way way) throws Exception {
        try (ChildLog quiet = new ChildLog();
                LoopServer served = LoopServer.start(obedient());
                Connection client = served.connect()) {
            assertThat(client.readLine()).isEqualTo("hello");
            way.happen(served, client, conversations.take());
            next(served.ended);
            assertThat(finished).hasValue(1);
            assertThat(served.failures).hasSizeBetween(way.leastFailures, way.mostFailures);
            assertThat(served.ended).isEmpty();
            if (way == Way.THE_LOOP_FAILS) {
                assertThat(quiet.next()).isEqualTo("loop-1 has failed; its connections are closed");
            }
            assertThat(quiet.isEmpty()).isTrue();
        }
        assertThat(begun).hasValue(1);
        assertThat(finished).hasValue(1);
    }

    /** Fails where it is told to. */
    private record Failing(boolean atBegin, boolean atHandle, boolean atFinish) implements MessageHandler {

        @Override
        public MessageHandler begin(Replies replies) throws IOException {
            send(replies, "begun");
            if (atBegin) {
                throw new IllegalStateException("begin");
            }
            return this;
        }

        @Override
        public void handle(ByteBuffer message, Replies replies) throws IOException {
            send(replies, "handled");
            if (atHandle) {
                throw new IllegalStateException("handle");
            }
        }

        @Override
        public void finish(Replies replies) throws IOException {
            send(replies, "finished");
            if (atFinish) {
                throw new IllegalStateException("finish");
            }
        }
    }

    private static String answer(LoopServer served) throws IOException {
        try (Connection client = served.connect()) {
            try {
                client.write("a\nb".getBytes(UTF_8));
                client.shutdownOutput();
            } catch (DisconnectedException e) {
                assertThat(e).as("it ended before it was spoken to").hasRootCauseMessage("broken pipe");
            }
            return new String(client.input().readAllBytes(), UTF_8);
        }
    }

    @Test
    void nothingMoreIsCalledAfterABeginningThatFailed() throws Exception {
        try (LoopServer served = LoopServer.start(new Failing(true, true, true).over(Framing.lines()))) {
            assertThat(answer(served)).isEqualTo("begun\n");
            assertThat(next(served.failures)).hasMessage("begin").hasNoSuppressedExceptions();
            assertThat(served.failures).isEmpty();
        }
    }

    @Test
    void whatWasRepliedBeforeAFailureGoesOut() throws Exception {
        try (LoopServer served = LoopServer.start(new Failing(false, true, false).over(Framing.lines()))) {
            assertThat(answer(served)).isEqualTo("begun\nhandled\nfinished\n");
            assertThat(next(served.failures)).hasMessage("handle").hasNoSuppressedExceptions();
            assertThat(served.failures).isEmpty();
        }
    }

    @Test
    void aFailureAtTheEndIsTold() throws Exception {
        try (LoopServer served = LoopServer.start(new Failing(false, false, true).over(Framing.lines()))) {
            assertThat(answer(served)).isEqualTo("begun\nhandled\nhandled\nfinished\n");
            assertThat(next(served.failures)).hasMessage("finish").hasNoSuppressedExceptions();
            assertThat(served.failures).isEmpty();
        }
    }

    @Test
    void aFailureAfterAnotherIsSuppressed() throws Exception {
        try (LoopServer served = LoopServer.start(new Failing(false, true, true).over(Framing.lines()))) {
            assertThat(answer(served)).isEqualTo("begun\nhandled\nfinished\n");
            Throwable failure = next(served.failures);
            assertThat(failure).hasMessage("handle");
            assertThat(failure.getSuppressed()).hasSize(1);
            assertThat(failure.getSuppressed()[0]).hasMessage("finish");
            assertThat(served.failures).isEmpty();
        }
    }

    @Test
    void aFrameThatIsWrongEndsTheConversationAfterTheRepliesToThoseBefore() throws Exception {
        try (LoopServer served = LoopServer.start(obedient());
                Connection client = served.connect()) {
            client.writeLine("one\n" + "x".repeat(101) + "\ntwo");
            assertThat(client.readLine()).isEqualTo("hello");
            assertThat(client.readLine()).isEqualTo("one");
            assertThat(client.readLine()).isNull();
            assertThat(next(served.failures)).isInstanceOf(FramingException.class);
        }
    }

    @Test
    void aPeerThatIsGoneIsNoFailure() throws Exception {
        try (LoopServer served = LoopServer.start(obedient())) {
            Connection client = served.connect();
            assertThat(client.readLine()).isEqualTo("hello");
            Way.THE_PEER_IS_GONE.happen(served, client, conversations.take());
            next(served.disconnects);
            assertThat(served.failures).isEmpty();
        }
    }

    /** Both are served by one loop, which is thus told by itself of what it has closed. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsClosedAsAnotherEndsHasEndedToo(boolean inMemory) throws Exception {
        BlockingQueue<Request> ended = new LinkedBlockingQueue<>();
        Queue<Request> players = new ConcurrentLinkedQueue<>();
        Observer game = new Observer() {
            @Override
            public void accepted(Request request) {
                players.add(request);
            }

            @Override
            public void ended(Request request) {
                ended.add(request);
                for (Request player : players) {
                    try {
                        player.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        };
        MemoryEndpoint memory = MemoryEndpoint.bind();
        Endpoint<Connection> tcp = Tcp.bind("127.0.0.1", 0);
        MessageHandler echo = (message, replies) -> replies.send(message);
        try (memory;
                tcp;
                Server<Connection> server = Server.on(inMemory ? memory : tcp)
                        .observe(game)
                        .dispatch(Dispatchers.eventLoop(EventLoopOptions.of(1)))
                        .handle(echo.over(Framing.lines()))
                        .start();
                Connection one = inMemory ? memory.connect() : Transports.connect(tcp.uri());
                Connection other = inMemory ? memory.connect() : Transports.connect(tcp.uri())) {
            for (Connection player : List.of(one, other)) {
                player.writeLine("hello");
                assertThat(player.readLine()).isEqualTo("hello");
            }
            one.shutdownOutput();
            next(ended);
            next(ended);
            assertThat(other.readLine()).isNull();
            assertThat(server.statistics().active()).isZero();
        }
    }
}
