package io.socketserver.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.FramingException;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageChannel;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MessageChannelTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final LeakCheck leaks = LeakCheck.begin();
    private final VirtualTime time = new VirtualTime();
    private final MemoryPair pair = MemoryPair.open(MemoryOptions.defaults().time(time));
    private final MessageChannel client = MessageChannel.of(pair.client(), Framing.lines());
    private final MessageChannel server = MessageChannel.of(pair.server(), Framing.lines());

    @AfterEach
    void leavesNothing() throws IOException {
        pair.close();
        leaks.assertNone();
    }

    @Test
    void bytesAreAMessageAsABufferIs() throws IOException {
        client.send("bytes".getBytes(UTF_8));
        client.send(UTF_8.encode("buffer"));
        assertThat(receive(server)).isEqualTo("bytes");
        assertThat(receive(server)).isEqualTo("buffer");
    }

    private static void send(MessageChannel channel, String text) throws IOException {
        channel.send(UTF_8.encode(text));
    }

    private static String receive(MessageChannel channel) throws IOException {
        ByteBuffer message = channel.receive();
        return message == null ? "end" : UTF_8.decode(message).toString();
    }

    @Test
    void messagesGoBothWaysUntilTheEnd() throws Exception {
        send(client, "hello");
        send(client, "");
        send(server, "good morning");
        assertThat(receive(server)).isEqualTo("hello");
        assertThat(receive(server)).isEmpty();
        assertThat(receive(client)).isEqualTo("good morning");
        client.close();
        assertThat(client.connection().isOpen()).isFalse();
        assertThat(receive(server)).isEqualTo("end");
        assertThat(receive(server)).isEqualTo("end");
        assertThatThrownBy(() -> send(server, "still there?")).isInstanceOf(DisconnectedException.class);
        assertThatThrownBy(() -> receive(client)).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aMessageIsReadOnlyAndBeginsWithWhatReadLineHasReadAhead() throws Exception {
        pair.client().write("first\nsecond\nthird".getBytes(UTF_8));
        pair.client().shutdownOutput();
        assertThat(pair.server().readLine()).isEqualTo("first");
        ByteBuffer second = server.receive();
        assertThat(second.isReadOnly()).isTrue();
        assertThat(UTF_8.decode(second).toString()).isEqualTo("second");
        assertThat(receive(server)).isEqualTo("third");
        assertThat(receive(server)).isEqualTo("end");
    }

    @Test
    void whatIsWrittenWaitsForTheFlush() throws Exception {
        client.write(UTF_8.encode("a"));
        client.write(UTF_8.encode("b"));
        pair.server().readTimeout(SECOND);
        Async<String> received = Async.call(() -> receive(server));
        time.awaitWaiter(SECOND);
        time.advance(SECOND);
        assertThatThrownBy(received::join).isInstanceOf(SocketTimeoutException.class);
        client.flush();
        assertThat(receive(server)).isEqualTo("a");
        assertThat(receive(server)).isEqualTo("b");
    }

    @Test
    void aTimeoutInsideAFrameLosesNothing() throws Exception {
        pair.server().readTimeout(SECOND);
        pair.client().write("hel".getBytes(UTF_8));
        Async<String> received = Async.call(() -> receive(server));
        time.awaitWaiter(SECOND);
        time.advance(SECOND);
        assertThatThrownBy(received::join).isInstanceOf(SocketTimeoutException.class);
        pair.client().write("lo\n".getBytes(UTF_8));
        assertThat(receive(server)).isEqualTo("hello");
    }

    @Test
    void aWriteThatTimedOutGoesOnWithWhatWasLeft() throws Exception {
        try (MemoryPair narrow =
                MemoryPair.open(MemoryOptions.defaults().capacity(4).time(time))) {
            MessageChannel sender = MessageChannel.of(narrow.client(), Framing.lines());
            narrow.client().writeTimeout(SECOND);
            Async<Boolean> sent = Async.run(() -> send(sender, "hello"));
            time.awaitWaiter(SECOND);
            time.advance(SECOND);
            assertThatThrownBy(sent::join).isInstanceOf(SocketTimeoutException.class);
            Async<Boolean> more = Async.run(() -> send(sender, "world"));
            MessageChannel receiver = MessageChannel.of(narrow.server(), Framing.lines());
            assertThat(receive(receiver)).isEqualTo("hello");
            assertThat(receive(receiver)).isEqualTo("world");
            assertThat(more.join()).isTrue();
        }
    }

    @Test
    void whatCannotBeExpressedIsNotSentAndTheRestIs() throws Exception {
        assertThatThrownBy(() -> send(client, "a\nb")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> send(client, "x".repeat(Framing.DEFAULT_MAX_MESSAGE + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        send(client, "c");
        assertThat(receive(server)).isEqualTo("c");
    }

    @Test
    void aMessageThatIsTooLongIsRefusedEveryTime() throws Exception {
        MessageChannel strict = MessageChannel.of(pair.server(), Framing.lengthPrefix(4));
        pair.client().write(new byte[] {0x7f, -1, -1, -1, 1, 2, 3});
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(strict::receive)
                    .isInstanceOf(FramingException.class)
                    .hasMessageContaining("2147483647");
        }
    }

    @Test
    void theStreamMayNotEndInsideAFrame() throws Exception {
        MessageChannel fixed = MessageChannel.of(pair.server(), Framing.fixed(4));
        pair.client().write(new byte[] {1, 2, 3, 4, 5});
        pair.client().close();
        assertThat(fixed.receive().remaining()).isEqualTo(4);
        assertThatThrownBy(fixed::receive).isInstanceOf(FramingException.class).hasMessageContaining("ended inside");
    }

    /** How much room each read of a channel had, and how often it read and wrote. */
    private static final class Counting extends ForwardingChannel {

        private final AtomicInteger reads = new AtomicInteger();
        private final AtomicInteger writes = new AtomicInteger();
        private final List<Integer> room = new ArrayList<>();

        Counting(Connection connection) {
            super(connection);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            reads.incrementAndGet();
            room.add(target.capacity());
            return super.read(target);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            writes.incrementAndGet();
            return super.write(source);
        }
    }

    @Test
    void theBufferGrowsWithWhatHasArrivedAndNotBeyondTheLongestFrame() throws Exception {
        int size = 50_000;
        Framing framing = Framing.lengthPrefix(4).maxMessage(size);
        Counting channel = new Counting(pair.server());
        MessageChannel receiver = MessageChannel.of(Connection.of(channel), framing);
        Async<Boolean> sent = Async.run(() -> {
            MessageChannel sender = MessageChannel.of(pair.client(), framing);
            sender.send(ByteBuffer.allocate(size));
            sender.send(ByteBuffer.allocate(size));
        });
        assertThat(receiver.receive().remaining()).isEqualTo(size);
        assertThat(receiver.receive().remaining()).isEqualTo(size);
        assertThat(sent.join()).isTrue();
        assertThat(channel.room).first().isEqualTo(8192);
        assertThat(channel.room).allMatch(capacity -> capacity <= size + 4).contains(16_384, 32_768, size + 4);
    }

    @Test
    void shortMessagesNeedNoMoreRoomHoweverManyTheyAre() throws Exception {
        Counting channel = new Counting(pair.server());
        MessageChannel receiver = MessageChannel.of(Connection.of(channel), Framing.lines());
        Async<Boolean> sent = Async.run(() -> {
            for (int i = 0; i < 10_000; i++) {
                client.write(UTF_8.encode("0123456789abcdef"));
            }
            client.flush();
        });
        for (int i = 0; i < 10_000; i++) {
            assertThat(receiver.receive().remaining()).isEqualTo(16);
        }
        assertThat(sent.join()).isTrue();
        assertThat(channel.room).containsOnly(8192);
    }

    @Test
    void manyMessagesGoInFewWrites() throws Exception {
        Counting channel = new Counting(pair.client());
        MessageChannel sender = MessageChannel.of(Connection.of(channel), Framing.lines());
        Async<Integer> received = Async.call(() -> {
            int count = 0;
            for (; server.receive() != null; count++) {}
            return count;
        });
        for (int i = 0; i < 10_000; i++) {
            sender.write(UTF_8.encode("0123456789abcde"));
        }
        sender.flush();
        sender.flush();
        sender.close();
        assertThat(received.join()).isEqualTo(10_000);
        // 160 000 bytes, 64 KiB at most in each write.
        assertThat(channel.writes).hasValue(3);
    }

    @Test
    void messagesOfManyThreadsAreNotMixed() throws Exception {
        List<Async<Boolean>> senders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String text = String.valueOf((char) ('a' + i)).repeat(3000);
            senders.add(Async.run(() -> {
                for (int n = 0; n < 200; n++) {
                    send(client, text);
                }
            }));
        }
        for (int n = 0; n < 800; n++) {
            String text = receive(server);
            assertThat(text).hasSize(3000).matches("(.)\\1*");
        }
        for (Async<Boolean> sender : senders) {
            assertThat(sender.join()).isTrue();
        }
    }
}
