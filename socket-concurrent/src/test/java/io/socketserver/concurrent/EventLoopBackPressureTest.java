package io.socketserver.concurrent;

import static io.socketserver.concurrent.LoopServer.next;
import static io.socketserver.concurrent.LoopServer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import io.socketserver.api.spi.PollableChannel;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer that does not take its replies holds up itself, and costs no more memory than it may. */
@Timeout(30)
class EventLoopBackPressureTest {

    /** What a pipe of the memory transport holds here. */
    private static final int CAPACITY = 4096;

    /** What one handling may gather before it is written. */
    private static final int SHARED = 128 * 1024;

    private static final int MAX_QUEUED = 10_000;
    private static final Framing FRAMING = Framing.lengthPrefix(4);

    private final LeakCheck leaks = LeakCheck.begin();
    private final BlockingQueue<Replies> conversations = new LinkedBlockingQueue<>();
    private final LoopServer.Parts parts = LoopServer.parts();

    EventLoopBackPressureTest() {
        parts.memory = MemoryOptions.defaults().capacity(CAPACITY);
        parts.options = EventLoopOptions.of(1).maxQueued(MAX_QUEUED);
    }

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    private static ByteBuffer frame(byte[] message) {
        ByteBuffer frame = ByteBuffer.allocate(FRAMING.frameLength(message.length));
        FRAMING.encode(ByteBuffer.wrap(message), frame);
        return frame.flip();
    }

    private static byte[] message(int number, int size) {
        return ByteBuffer.allocate(size).putInt(number).array();
    }

    private static ByteBuffer receive(Connection client) throws IOException {
        int size = ByteBuffer.wrap(client.input().readNBytes(4)).getInt();
        return ByteBuffer.wrap(client.input().readNBytes(size));
    }

    private static void assertAnswers(Connection client) throws IOException {
        client.write(frame(message(-1, 4)));
        assertThat(receive(client).getInt()).isEqualTo(-1);
    }

    @Test
    void nothingMoreIsReadUntilThePeerTakesItsRepliesAndThenNothingIsLostOrRepeated() throws Exception {
        AtomicInteger handled = new AtomicInteger();
        MessageHandler echo = (message, replies) -> {
            handled.incrementAndGet();
            replies.send(message);
        };
        try (LoopServer served = parts.start(echo.over(FRAMING));
                Connection client = served.connect();
                Connection other = served.connect()) {
            assertAnswers(other);
            PollableChannel eager = (PollableChannel) client.channel();
            int number = 0;
            ByteBuffer next = frame(message(number, 50));
            int taken = 1;
            while (taken > 0) {
                taken = 0;
                for (int count; (count = eager.tryWrite(next)) > 0; ) {
                    taken += count;
                    if (!next.hasRemaining()) {
                        next = frame(message(++number, 50));
                    }
                }
                // The loop has seen what came before this, and still serves the other.
                served.settle();
                assertAnswers(other);
                assertThat(number)
                        .as("how much is read of one that reads nothing")
                        .isLessThan(1000);
            }
            int held = handled.get();
            assertThat(held).isLessThan(number);
            int sent = number;
            for (int i = 0; i < sent; i++) {
                assertThat(receive(client).getInt()).isEqualTo(i);
            }
            while (next.hasRemaining()) {
                client.write(next);
            }
            assertThat(receive(client).getInt()).isEqualTo(sent);
            assertAnswers(client);
            assertThat(served.channel(0).events()).anyMatch(event -> event.contains(" of "));
            assertNothingIsReadWhileStuck(served.channel(0));
        }
    }

    private static void assertNothingIsReadWhileStuck(TappedChannel channel) {
        boolean stuck = false;
        for (String event : channel.events()) {
            if (event.startsWith("wrote")) {
                stuck = event.contains(" of ");
            } else {
                assertThat(stuck)
                        .as("%s after a write that was not complete", event)
                        .isFalse();
            }
        }
    }

    @Test
    void messagesThatWereHeldBackAreHandledThoughThePeerHasSaidAll() throws Exception {
        MessageHandler thrice = (message, replies) -> {
            for (int i = 0; i < 3; i++) {
                replies.send(UTF_8.encode(text(message.duplicate()).repeat(CAPACITY)));
                replies.flush();
            }
        };
        try (LoopServer served = parts.start(thrice.over(Framing.lines()));
                Connection client = served.connect()) {
            client.write("a\nb\nc".getBytes(UTF_8));
            client.shutdownOutput();
            for (String each : new String[] {"a", "b", "c"}) {
                for (int i = 0; i < 3; i++) {
                    assertThat(client.readLine()).isEqualTo(each.repeat(CAPACITY));
                }
            }
            assertThat(client.readLine()).isNull();
        }
    }

    @Test
    void aHandlerThatSendsTooMuchIsToldSo() throws Exception {
        AtomicLong accepted = new AtomicLong();
        CountDownLatch refused = new CountDownLatch(1);
        MessageHandler flood = (message, replies) -> {
            try {
                while (true) {
                    replies.send(new byte[996]);
                    accepted.addAndGet(1000);
                }
            } finally {
                refused.countDown();
            }
        };
        try (LoopServer served = parts.start(flood.over(FRAMING));
                Connection client = served.connect()) {
            client.write(frame(message(0, 4)));
            refused.await();
            assertThat(client.input().readAllBytes().length).isEqualTo((int) accepted.get());
            assertThat(next(served.failures))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("more than " + MAX_QUEUED + " bytes of replies wait for connection ")
                    .hasMessageContaining(", whose peer does not take them: send less in reply to one message,")
                    .hasMessageEndingWith("or set a larger maxQueued");
            assertThat(accepted.get()).isLessThanOrEqualTo(CAPACITY + MAX_QUEUED + 2L * SHARED);
        }
    }

    @Test
    void whatWasSentBeforeGoesOutThough() throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        MessageHandler flood = (message, replies) -> {
            assertThatThrownBy(() -> {
                        while (true) {
                            replies.send(message(accepted.get(), 996));
                            accepted.incrementAndGet();
                        }
                    })
                    .isInstanceOf(IOException.class);
            conversations.add(replies);
        };
        try (LoopServer served = parts.start(flood.over(FRAMING));
                Connection client = served.connect()) {
            client.write(frame(message(0, 4)));
            conversations.take();
            client.shutdownOutput();
            for (int i = 0; i < accepted.get(); i++) {
                assertThat(receive(client).getInt()).isEqualTo(i);
            }
            assertThat(client.input().read()).isEqualTo(-1);
            assertThat(served.failures).isEmpty();
        }
    }

    @Test
    void aHandlerMaySendAsMuchAsItLikesToAPeerThatTakesIt() throws Exception {
        int size = 300_000;
        int count = 30;
        AtomicInteger sent = new AtomicInteger();
        LinkedBlockingQueue<Integer> received = new LinkedBlockingQueue<>();
        MessageHandler generous = (message, replies) -> {
            for (int i = 0; i < count; i++) {
                replies.send(message(i, size));
                replies.flush();
                // What went before has left then, whatever the pipe holds.
                while (sent.get() < i) {
                    received.take();
                    sent.incrementAndGet();
                }
            }
        };
        parts.memory = MemoryOptions.defaults().capacity(2 * size);
        try (LoopServer served = parts.start(generous.over(FRAMING.maxMessage(size)));
                Connection client = served.connect()) {
            client.write(frame(message(0, 4)));
            for (int i = 0; i < count; i++) {
                assertThat(receive(client).getInt()).isEqualTo(i);
                received.add(i);
            }
            assertThat(served.failures).isEmpty();
        }
    }

    @Test
    void aHandlerIsNotRefusedBecauseOfWhatNobodyHasTriedToWrite() throws Exception {
        MessageHandler large = (message, replies) -> {
            for (int i = 0; i < 10; i++) {
                replies.send(message(i, 2 * SHARED));
            }
        };
        parts.memory = MemoryOptions.defaults().capacity(30 * SHARED);
        try (LoopServer served = parts.start(large.over(FRAMING.maxMessage(2 * SHARED)));
                Connection client = served.connect()) {
            client.write(frame(message(0, 4)));
            for (int i = 0; i < 10; i++) {
                assertThat(receive(client).getInt()).isEqualTo(i);
            }
            assertThat(served.failures).isEmpty();
        }
    }

    /** Sends from a thread of its own, and counts. */
    private static final class Sender extends Thread {

        final AtomicInteger sent = new AtomicInteger();
        final LinkedBlockingQueue<Exception> failures = new LinkedBlockingQueue<>();
        private final Replies replies;
        private final int count;

        Sender(Replies replies, int count) {
            super("sender");
            this.replies = replies;
            this.count = count;
            start();
        }

        @Override
        public void run() {
            try {
                for (int i = 0; i < count; i++) {
                    replies.send(message(i, 996));
                    sent.incrementAndGet();
                }
            } catch (IOException e) {
                failures.add(e);
            }
        }

        void awaitStandstill() {
            while (isAlive() && getState() != State.WAITING) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void anyOtherThreadWaitsForThePeer() throws Exception {
        try (LoopServer served = parts.start(FRAMING.handler((message, replies) -> conversations.add(replies)));
                Connection client = served.connect()) {
            client.write(frame(message(0, 4)));
            Sender sender = new Sender(conversations.take(), 500);
            sender.awaitStandstill();
            for (int i = 0; i < 500; i++) {
                // What is queued twice at most, each time a frame more than the limit; what is in the pipe; this one.
                assertThat(sender.sent.get())
                        .isLessThanOrEqualTo(i + 2 * (MAX_QUEUED / 1000 + 2) + CAPACITY / 1000 + 2);
                assertThat(receive(client).getInt()).isEqualTo(i);
            }
            sender.join();
            assertThat(sender.failures).isEmpty();
        }
    }

    @Test
    void whoWaitsIsToldOfTheEnd() throws Exception {
        try (LoopServer served = parts.start(FRAMING.handler((message, replies) -> conversations.add(replies)))) {
            Connection client = served.connect();
            client.write(frame(message(0, 4)));
            Sender sender = new Sender(conversations.take(), 500);
            sender.awaitStandstill();
            client.close();
            assertThat(next(sender.failures)).isInstanceOf(IOException.class);
            sender.join();
            next(served.ended);
        }
    }

    @Test
    void whoWaitsCanBeInterruptedAndTheConversationGoesOn() throws Exception {
        try (LoopServer served = parts.start(FRAMING.handler((message, replies) -> conversations.add(replies)));
                Connection client = served.connect()) {
            client.write(frame(message(0, 4)));
            Replies replies = conversations.take();
            Sender sender = new Sender(replies, 500);
            sender.awaitStandstill();
            sender.interrupt();
            assertThat(next(sender.failures))
                    .hasMessage("interrupted while the peer took no replies; this one was not sent");
            sender.join();
            for (int i = 0; i < sender.sent.get(); i++) {
                assertThat(receive(client).getInt()).isEqualTo(i);
            }
            replies.send(message(7, 4));
            assertThat(receive(client).getInt()).isEqualTo(7);
        }
    }

    @Test
    void theThreadOfALoopDoesNotWaitForThePeerOfAnotherConversation() throws Exception {
        for (int loops = 1; loops <= 2; loops++) {
            parts.options = EventLoopOptions.of(loops).maxQueued(MAX_QUEUED);
            LinkedBlockingQueue<Exception> refusals = new LinkedBlockingQueue<>();
            MessageHandler relay = (message, replies) -> {
                Replies first = conversations.peek();
                if (first == null) {
                    conversations.add(replies);
                    replies.send(message);
                    return;
                }
                try {
                    while (true) {
                        first.send(message(1, 996));
                    }
                } catch (IOException e) {
                    refusals.add(e);
                    replies.send(message);
                }
            };
            try (LoopServer served = parts.start(relay.over(FRAMING));
                    Connection slow = served.connect();
                    Connection other = served.connect()) {
                assertAnswers(slow);
                assertAnswers(other);
                assertThat(next(refusals)).hasMessageStartingWith("more than " + MAX_QUEUED + " bytes of replies wait");
            }
            conversations.clear();
        }
    }

    @Test
    void afterTheEndNothingIsTaken() throws Exception {
        try (LoopServer served = parts.start(FRAMING.handler((message, replies) -> conversations.add(replies)))) {
            Connection client = served.connect();
            client.write(frame(message(0, 4)));
            Replies replies = conversations.take();
            client.close();
            next(served.ended);
            assertThatThrownBy(() -> replies.send(new byte[1])).isInstanceOf(ClosedChannelException.class);
        }
    }
}
