package io.socketserver.concurrent;

import static io.socketserver.concurrent.LoopServer.next;
import static io.socketserver.concurrent.LoopServer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Limits;
import io.socketserver.api.TimeLimit;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryOptions;
import io.socketserver.testkit.VirtualTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits in time on conversations that no thread waits for. */
@Timeout(30)
class EventLoopLimitsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration MOST = Duration.ofSeconds(40);
    private static final Duration LEFT = Duration.ofSeconds(20);
    private static final MessageHandler ECHO = (message, replies) -> replies.send(message);

    private final LeakCheck leaks = LeakCheck.begin();
    private final VirtualTime time = new VirtualTime();
    private final LoopServer.Parts parts = LoopServer.parts();
    private final BlockingQueue<Replies.Later> announced = new LinkedBlockingQueue<>();

    EventLoopLimitsTest() {
        parts.time = time;
    }

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    private LoopServer serve(Limits limits, MessageHandler handler) {
        parts.limits = limits;
        return parts.start(handler.over(Framing.lines()));
    }

    private static void assertEchoes(Connection client, String line) throws IOException {
        client.writeLine(line);
        assertThat(client.readLine()).isEqualTo(line);
    }

    /** Lets time pass; then the limit has been looked at, and has yet so long to run. */
    private void passMost() throws InterruptedException {
        time.advance(MOST);
        time.awaitWaiter(LEFT);
    }

    private static void assertCutOff(LoopServer served, Connection client, TimeLimit limit) throws Exception {
        assertThat(next(served.timedOut)).isEqualTo(limit);
        next(served.ended);
        assertThat(served.timedOut).isEmpty();
        assertThat(served.failures).isEmpty();
        assertThat(served.server.statistics().timedOut(limit)).isOne();
        client.input().readAllBytes();
    }

    private void assertCutOffOnlyIfSilent(Limits limits, TimeLimit limit) throws Exception {
        try (LoopServer served = serve(limits, ECHO);
                Connection client = served.connect()) {
            assertEchoes(client, "hello");
            served.settle();
            time.awaitWaiter(LIMIT);
            time.advance(MOST);
            for (int i = 0; i < 3; i++) {
                assertEchoes(client, "still here");
                served.settle();
                passMost();
            }
            time.advance(LEFT);
            assertCutOff(served, client, limit);
        }
    }

    @Test
    void whoSaysNothingForTooLongIsCutOff() throws Exception {
        assertCutOffOnlyIfSilent(Limits.none().readTimeout(LIMIT), TimeLimit.READ_TIMEOUT);
    }

    @Test
    void whoIsWaitedForIsNotWhoWaitsForItsAnswer() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        MessageHandler slow = (message, replies) -> {
            begun.countDown();
            goOn.await();
            replies.send(message);
        };
        try (LoopServer served = serve(Limits.none().readTimeout(LIMIT), slow);
                Connection client = served.connect()) {
            client.writeLine("hello");
            begun.await();
            time.awaitWaiter(LIMIT);
            time.advance(LIMIT);
            // It has been looked at, and is to be again after another whole limit.
            time.awaitWaiter(LIMIT);
            goOn.countDown();
            assertThat(client.readLine()).isEqualTo("hello");
            served.settle();
            assertThat(served.timedOut).isEmpty();
        }
    }

    @Test
    void whoMovesNoByteForTooLongIsCutOff() throws Exception {
        assertCutOffOnlyIfSilent(Limits.none().idleTimeout(LIMIT), TimeLimit.IDLE_TIMEOUT);
    }

    @Test
    void whoStaysTooLongIsCutOffWhateverItSays() throws Exception {
        try (LoopServer served = serve(Limits.none().requestDeadline(LIMIT), ECHO);
                Connection client = served.connect()) {
            assertEchoes(client, "hello");
            time.awaitWaiter(LIMIT);
            time.advance(MOST);
            assertEchoes(client, "still here");
            time.advance(LEFT);
            assertCutOff(served, client, TimeLimit.REQUEST_DEADLINE);
        }
    }

    @Test
    void whoSaidAllAndWaitsForWhatWasAnnouncedIsNotWaitedFor() throws Exception {
        try (LoopServer served =
                        serve(Limits.none().readTimeout(LIMIT), (message, replies) -> announced.add(replies.later()));
                Connection client = served.connect()) {
            client.write("hello".getBytes(UTF_8));
            client.shutdownOutput();
            Replies.Later later = announced.take();
            served.settle();
            for (int i = 0; i < 3; i++) {
                time.awaitWaiter(LIMIT);
                time.advance(LIMIT);
            }
            time.awaitWaiter(LIMIT);
            later.send(UTF_8.encode("at last"));
            later.close();
            assertThat(client.readLine()).isEqualTo("at last");
            assertThat(served.timedOut).isEmpty();
        }
    }

    @Test
    void whoTakesNothingIsCutOffAndNotBecauseItSaysNothing() throws Exception {
        parts.memory = MemoryOptions.defaults().capacity(100);
        try (LoopServer served =
                        serve(Limits.none().readTimeout(MOST).writeTimeout(LIMIT), EventLoopLimitsTest::answerMuch);
                Connection client = served.connect()) {
            assertEchoes(client, "hello");
            client.writeLine("go");
            served.settle();
            passMost();
            time.advance(LEFT);
            assertCutOff(served, client, TimeLimit.WRITE_TIMEOUT);
        }
    }

    private static void answerMuch(ByteBuffer message, Replies replies) throws IOException {
        if (text(message.duplicate()).equals("go")) {
            replies.send(new byte[149]);
            replies.flush();
        } else {
            replies.send(message);
        }
    }

    @Test
    void whoTakesOneBatchAfterTheOtherIsNotCutOff() throws Exception {
        parts.memory = MemoryOptions.defaults().capacity(100);
        try (LoopServer served = serve(Limits.none().writeTimeout(LIMIT), EventLoopLimitsTest::answerMuch);
                Connection client = served.connect()) {
            assertEchoes(client, "hello");
            client.write("go\n".repeat(6).getBytes(UTF_8));
            served.settle();
            time.awaitWaiter(LIMIT);
            time.advance(MOST);
            for (int i = 0; i < 5; i++) {
                // When one batch is taken, the loop gets stuck with the next.
                client.input().readNBytes(150);
                served.settle();
                passMost();
            }
            time.advance(LEFT);
            assertCutOff(served, client, TimeLimit.WRITE_TIMEOUT);
        }
    }

    @Test
    void aHandlerThatIsLateIsInterruptedAndNobodyElse() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        BlockingQueue<String> interrupted = new LinkedBlockingQueue<>();
        MessageHandler stuck = (message, replies) -> {
            if (text(message.duplicate()).equals("stick")) {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } finally {
                    interrupted.add("stuck");
                }
            }
            if (Thread.currentThread().isInterrupted()) {
                interrupted.add("other");
            }
            replies.send(message);
        };
        try (LoopServer served = serve(Limits.none().requestDeadline(LIMIT), stuck);
                Connection client = served.connect()) {
            client.writeLine("stick\nand more");
            begun.await();
            time.advance(MOST);
            try (Connection other = served.connect()) {
                other.writeLine("me");
                // The second is not late when the first is.
                next(served.accepted);
                next(served.accepted);
                time.advance(LEFT);
                assertThat(other.readLine()).isEqualTo("me");
            }
            assertCutOff(served, client, TimeLimit.REQUEST_DEADLINE);
            assertThat(interrupted).containsExactly("stuck");
        }
    }

    @Test
    void aConversationThatHasNotBegunIsCutOffToo() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        MessageHandler stuck = (message, replies) -> {
            begun.countDown();
            while (goOn.getCount() > 0) {
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    // It goes on for all that.
                }
            }
        };
        try (LoopServer served = serve(Limits.none().requestDeadline(LIMIT), stuck);
                Connection first = served.connect()) {
            first.writeLine("stick");
            // Only then, or the second may begin before the first is stuck.
            begun.await();
            try (Connection second = served.connect()) {
                next(served.accepted);
                next(served.accepted);
                time.advance(LIMIT);
                assertThat(second.readLine()).isNull();
                assertThat(next(served.timedOut)).isEqualTo(TimeLimit.REQUEST_DEADLINE);
            } finally {
                goOn.countDown();
            }
            assertThat(next(served.timedOut)).isEqualTo(TimeLimit.REQUEST_DEADLINE);
            assertThat(first.readLine()).isNull();
        }
    }
}
