package io.socketserver.concurrent;

import static io.socketserver.concurrent.LoopServer.next;
import static io.socketserver.concurrent.LoopServer.send;
import static io.socketserver.concurrent.LoopServer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import io.socketserver.testkit.LeakCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes out from a conversation on a loop, when, and until when. */
@Timeout(30)
class EventLoopRepliesTest {

    private static final MessageHandler ECHO = (message, replies) -> replies.send(message);

    private final LeakCheck leaks = LeakCheck.begin();
    private final BlockingQueue<Replies> conversations = new LinkedBlockingQueue<>();
    private final BlockingQueue<Replies.Later> announced = new LinkedBlockingQueue<>();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    private static LoopServer serve(MessageHandler handler) {
        return LoopServer.start(handler.over(Framing.lines()));
    }

    private static void write(Connection client, String text) throws IOException {
        client.write(text.getBytes(UTF_8));
    }

    @Test
    void theRepliesToAllThatOneReadBringsGoInOneWrite() throws Exception {
        try (LoopServer served = serve(ECHO);
                Connection client = served.connect()) {
            write(client, "a\n".repeat(1000));
            for (int i = 0; i < 1000; i++) {
                assertThat(client.readLine()).isEqualTo("a");
            }
            client.shutdownOutput();
            assertThat(client.readLine()).isNull();
            assertThat(served.channel(0).events()).containsExactly("read 2000", "wrote 2000", "read -1");
        }
    }

    @Test
    void aHandlerCanHaveItsRepliesGoOutNow() throws Exception {
        MessageHandler eager = (message, replies) -> {
            replies.send(message);
            replies.flush();
        };
        try (LoopServer served = serve(eager);
                Connection client = served.connect()) {
            write(client, "a\nb\n");
            client.shutdownOutput();
            assertThat(client.readLine()).isEqualTo("a");
            assertThat(client.readLine()).isEqualTo("b");
            assertThat(client.readLine()).isNull();
            assertThat(served.channel(0).events()).containsExactly("read 4", "wrote 2", "wrote 2", "read -1");
        }
    }

    @Test
    void moreThanTheLoopsBufferHoldsGoesOutInOrder() throws Exception {
        MessageHandler talkative = (message, replies) -> {
            send(replies, "first");
            for (int i = 0; i < 40; i++) {
                // Longer than the buffer in between, so that it has to go around it.
                send(replies, (i + ".").repeat(i % 3 == 0 ? 60_000 : 1));
            }
        };
        LoopServer.Parts parts = LoopServer.parts();
        parts.options = EventLoopOptions.of(1).maxQueued(10_000_000);
        try (LoopServer served = parts.start(talkative.over(Framing.lines().maxMessage(1_000_000)));
                Connection client = served.connect()) {
            write(client, "go\n");
            assertThat(client.readLine()).isEqualTo("first");
            for (int i = 0; i < 40; i++) {
                assertThat(client.readLine(1_000_000)).isEqualTo((i + ".").repeat(i % 3 == 0 ? 60_000 : 1));
            }
        }
    }

    @Test
    void aPeerIsGreetedBeforeItSaysAnything() throws Exception {
        MessageHandler polite = new MessageHandler() {
            @Override
            public MessageHandler begin(Replies replies) throws IOException {
                send(replies, "welcome");
                return ECHO;
            }

            @Override
            public void handle(ByteBuffer message, Replies replies) {
                throw new IllegalStateException("another one was to be called");
            }
        };
        try (LoopServer served = serve(polite);
                Connection client = served.connect()) {
            assertThat(client.readLine()).isEqualTo("welcome");
            client.writeLine("thanks");
            assertThat(client.readLine()).isEqualTo("thanks");
        }
    }

    @Test
    void aConversationThatEndsAtItsBeginningIsNotRead() throws Exception {
        MessageHandler closed = new MessageHandler() {
            @Override
            public MessageHandler begin(Replies replies) throws IOException {
                send(replies, "closed today");
                replies.end();
                return this;
            }

            @Override
            public void handle(ByteBuffer message, Replies replies) throws IOException {
                send(replies, "too late");
            }
        };
        try (LoopServer served = serve(closed);
                Connection client = served.connect()) {
            assertThat(client.readLine()).isEqualTo("closed today");
            assertThat(client.readLine()).isNull();
            assertThat(served.channel(0).events()).containsExactly("wrote 13");
        }
    }

    @Test
    void theHandlerCanEndTheConversationInTheMiddleOfWhatWasRead() throws Exception {
        MessageHandler quits = (message, replies) -> {
            send(replies, "bye");
            replies.end();
            replies.end();
            assertThatThrownBy(() -> send(replies, "too late")).isInstanceOf(ClosedChannelException.class);
        };
        try (LoopServer served = serve(quits);
                Connection client = served.connect()) {
            write(client, "a\nb\nhalf");
            assertThat(client.readLine()).isEqualTo("bye");
            assertThat(client.readLine()).isNull();
            next(served.ended);
            assertThat(served.failures).isEmpty();
        }
    }

    @Test
    void anybodyMayEndTheConversationAfterWhatWasSent() throws Exception {
        try (LoopServer served = serve((message, replies) -> conversations.add(replies));
                Connection client = served.connect()) {
            write(client, "in\nhalf a mess");
            Replies replies = conversations.take();
            send(replies, "bye");
            replies.end();
            assertThatThrownBy(() -> send(replies, "too late")).isInstanceOf(ClosedChannelException.class);
            assertThat(client.readLine()).isEqualTo("bye");
            assertThat(client.readLine()).isNull();
            next(served.ended);
            assertThat(served.failures).isEmpty();
        }
    }

    @Test
    void whatWasAnnouncedIsWaitedForAfterThePeerHasSaidAll() throws Exception {
        try (LoopServer served = serve((message, replies) -> announced.add(replies.later()));
                Connection client = served.connect()) {
            write(client, "a\nb");
            client.shutdownOutput();
            Replies.Later first = announced.take();
            Replies.Later second = announced.take();
            second.send(UTF_8.encode("two"));
            assertThat(client.readLine()).isEqualTo("two");
            second.close();
            second.close();
            first.send(UTF_8.encode("one"));
            assertThat(client.readLine()).isEqualTo("one");
            first.send(UTF_8.encode("more"));
            first.close();
            assertThat(client.readLine()).isEqualTo("more");
            assertThat(client.readLine()).isNull();
            next(served.ended);
            assertThatThrownBy(() -> first.send(UTF_8.encode("late"))).isInstanceOf(ClosedChannelException.class);
        }
    }

    @Test
    void aFinishingHandlerMayReplyIfThePeerHasEndedItself() throws Exception {
        MessageHandler summing = new MessageHandler() {
            @Override
            public void handle(ByteBuffer message, Replies replies) throws IOException {
                send(replies, text(message));
            }

            @Override
            public void finish(Replies replies) throws IOException {
                send(replies, "that was all");
            }
        };
        try (LoopServer served = serve(summing);
                Connection client = served.connect()) {
            write(client, "a");
            client.shutdownOutput();
            assertThat(client.readLine()).isEqualTo("a");
            assertThat(client.readLine()).isEqualTo("that was all");
            assertThat(client.readLine()).isNull();
        }
    }

    @Test
    void oneConversationMayReplyInAnother() throws Exception {
        MessageHandler chat = (message, replies) -> {
            if (!conversations.contains(replies)) {
                conversations.add(replies);
            }
            for (Replies each : conversations) {
                each.send(message.duplicate());
            }
        };
        try (LoopServer served = serve(chat);
                Connection first = served.connect();
                Connection second = served.connect()) {
            first.writeLine("hello");
            assertThat(first.readLine()).isEqualTo("hello");
            second.writeLine("good morning");
            assertThat(first.readLine()).isEqualTo("good morning");
            assertThat(second.readLine()).isEqualTo("good morning");
            first.writeLine("again");
            assertThat(first.readLine()).isEqualTo("again");
            assertThat(second.readLine()).isEqualTo("again");
        }
    }

    @Test
    void aReplyThatCannotBeExpressedCostsNothing() throws Exception {
        MessageHandler twoLines = (message, replies) -> {
            assertThatThrownBy(() -> send(replies, "a\nb")).isInstanceOf(IllegalArgumentException.class);
            conversations.add(replies);
        };
        try (LoopServer served = serve(twoLines);
                Connection client = served.connect()) {
            client.writeLine("x");
            Replies replies = conversations.take();
            assertThatThrownBy(() -> send(replies, "a\nb")).isInstanceOf(IllegalArgumentException.class);
            send(replies, "ab");
            assertThat(client.readLine()).isEqualTo("ab");
            assertThat(List.copyOf(served.failures)).isEmpty();
        }
    }
}
