package io.socketserver.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.FramingException;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a handler of messages does to one conversation, on the calling thread. */
@Timeout(20)
class MessageHandlerTest {

    private static final MessageHandler UPPER =
            (message, replies) -> replies.send(UTF_8.encode(text(message).toUpperCase(Locale.ROOT)));

    private final List<String> seen = new ArrayList<>();

    private static String text(ByteBuffer message) {
        return UTF_8.decode(message).toString();
    }

    private static void send(Replies replies, String text) throws IOException {
        replies.send(text.getBytes(UTF_8));
    }

    @Test
    void eachMessageIsAnswered() throws Exception {
        assertThat(Exchange.of("he", "llo\nwor", "ld\n", "!")
                        .with(UPPER.over(Framing.lines()))
                        .text())
                .isEqualTo("HELLO\nWORLD\n!\n");
        assertThat(Exchange.datagram("hello").with(UPPER.over(Framing.lines())).texts())
                .containsExactly("HELLO");
        assertThat(Exchange.datagram("").with(UPPER.over(Framing.lines())).texts())
                .containsExactly("");
    }

    @Test
    void thereMayBeSeveralRepliesOrNone() throws Exception {
        MessageHandler repeat = (message, replies) -> {
            for (int times = Integer.parseInt(text(message)); times > 0; times--) {
                send(replies, "again");
            }
        };
        assertThat(Exchange.of("2\n0\n1\n")
                        .with(Framing.lines().handler(repeat))
                        .text())
                .isEqualTo("again\n".repeat(3));
        assertThat(Exchange.datagram("2").with(Framing.lines().handler(repeat)).texts())
                .containsExactly("again", "again");
        assertThat(Exchange.datagram("0").with(Framing.lines().handler(repeat)).texts())
                .isEmpty();
    }

    /** A channel that notes what is read and written, without the bytes. */
    private final class Noting extends ForwardingChannel {

        Noting(Connection connection) {
            super(connection);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            seen.add("read");
            return super.read(target);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            seen.add("write " + source.remaining());
            return super.write(source);
        }
    }

    @Test
    void theRepliesToAllThatOneReadBringsGoInOneWriteBeforeTheNextRead() throws Exception {
        try (MemoryPair pair = MemoryPair.open()) {
            pair.client().write("a\n".repeat(1000).getBytes(UTF_8));
            pair.client().shutdownOutput();
            UPPER.over(Framing.lines()).handle(Connection.of(new Noting(pair.server())));
        }
        assertThat(seen).containsExactly("read", "write 2000", "read");
    }

    @Test
    void aHandlerCanHaveItsRepliesGoOutNow() throws Exception {
        try (MemoryPair pair = MemoryPair.open()) {
            pair.client().write("a\nb\n".getBytes(UTF_8));
            pair.client().shutdownOutput();
            MessageHandler eager = (message, replies) -> {
                replies.send(message);
                replies.flush();
            };
            eager.over(Framing.lines()).handle(Connection.of(new Noting(pair.server())));
        }
        assertThat(seen).containsExactly("read", "write 2", "write 2", "read");
    }

    @Test
    void theHandlerCanEndTheConversation() throws Exception {
        MessageHandler quits = (message, replies) -> {
            send(replies, "bye");
            replies.end();
            replies.end();
            assertThatThrownBy(() -> send(replies, "too late")).isInstanceOf(ClosedChannelException.class);
        };
        assertThat(Exchange.of("a\nb\n").with(quits.over(Framing.lines())).text())
                .isEqualTo("bye\n");
        assertThat(Exchange.datagram("a").with(quits.over(Framing.lines())).texts())
                .containsExactly("bye");
    }

    @Test
    void afterTheConversationRepliesFail() throws Exception {
        AtomicReference<Replies> kept = new AtomicReference<>();
        MessageHandler keeps = (message, replies) -> kept.set(replies);
        Exchange.of("a\n").with(keeps.over(Framing.lines()));
        assertThatThrownBy(() -> send(kept.get(), "late")).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> kept.get().later().send(ByteBuffer.allocate(0)))
                .isInstanceOf(ClosedChannelException.class);
        Exchange.datagram("a").with(keeps.over(Framing.lines()));
        assertThatThrownBy(() -> send(kept.get(), "late")).isInstanceOf(ClosedChannelException.class);
    }

    /** Counts its own messages, and says when it is begun and finished. */
    private final class Counter implements MessageHandler {

        private int count;

        @Override
        public MessageHandler begin(Replies replies) throws IOException {
            send(replies, "welcome " + replies.request().remoteAddress());
            return this;
        }

        @Override
        public void handle(ByteBuffer message, Replies replies) throws IOException {
            if (text(message).equals("fail")) {
                throw new IllegalStateException("told to");
            }
            send(replies, "" + ++count);
        }

        @Override
        public void finish(Replies replies) throws IOException {
            seen.add("finished");
            send(replies, "in all " + count);
        }
    }

    @Test
    void eachConversationHasAnInstanceOfItsOwn() throws Exception {
        var handler = MessageHandler.perConversation(Counter::new).over(Framing.lines());
        for (int i = 0; i < 2; i++) {
            assertThat(Exchange.of("a\nb\n").with(handler).text())
                    .isEqualTo("welcome memory:exchange#1\n1\n2\nin all 2\n");
        }
        assertThat(Exchange.datagram("a").with(handler).texts())
                .containsExactly("welcome memory:exchange#1", "1", "in all 1");
        assertThat(seen).hasSize(3);
        assertThatThrownBy(() -> handler.handler().handle(ByteBuffer.allocate(0), null))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatWasRepliedBeforeAFailureGoesOut() {
        Exchange exchange = Exchange.of("a\nfail\nb\n");
        assertThatThrownBy(() -> exchange.with(new Counter().over(Framing.lines())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("told to")
                .hasNoSuppressedExceptions();
        assertThat(exchange.text()).isEqualTo("welcome memory:exchange#1\n1\nin all 1\n");
        assertThat(seen).containsExactly("finished");
    }

    @Test
    void whatFailsAfterAFailureIsSuppressed() {
        MessageHandler failing = new MessageHandler() {
            @Override
            public void handle(ByteBuffer message, Replies replies) {
                throw new IllegalStateException("first");
            }

            @Override
            public void finish(Replies replies) {
                throw new UnsupportedOperationException("second");
            }
        };
        assertThatThrownBy(() -> Exchange.of("a\n").with(failing.over(Framing.lines())))
                .isInstanceOf(IllegalStateException.class)
                .hasSuppressedException(new UnsupportedOperationException("second"));
        assertThatThrownBy(() -> Exchange.of("").with(failing.over(Framing.lines())))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aFrameThatIsWrongEndsTheConversationAfterTheRepliesToThoseBefore() {
        Exchange exchange = Exchange.of("abc\ndefg\n");
        assertThatThrownBy(() -> exchange.with(UPPER.over(Framing.lines().maxMessage(3))))
                .isInstanceOf(FramingException.class);
        assertThat(exchange.text()).isEqualTo("ABC\n");
    }

    @Test
    void aReplyThatCannotBeExpressedIsTheHandlersFault() throws Exception {
        MessageHandler twoLines = (message, replies) -> {
            assertThatThrownBy(() -> send(replies, "a\nb")).isInstanceOf(IllegalArgumentException.class);
            send(replies, "ab");
        };
        assertThat(Exchange.of("x").with(twoLines.over(Framing.lines())).text()).isEqualTo("ab\n");
    }

    @Test
    void aDatagramsMessageIsReadOnlyAsAStreamsIs() throws Exception {
        MessageHandler looks = (message, replies) -> seen.add("read-only " + message.isReadOnly());
        Exchange.of("x").with(looks.over(Framing.lines()));
        Exchange.datagram("x").with(looks.over(Framing.lines()));
        assertThat(seen).containsExactly("read-only true", "read-only true");
    }
}
