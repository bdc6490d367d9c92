package io.socketserver.concurrent;

import static io.socketserver.concurrent.LoopServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import io.socketserver.testkit.LeakCheck;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever keeps a loop busy does not keep it from the others. */
@Timeout(30)
class EventLoopFairnessTest {

    /** So often the loop may have gone on with one conversation, at the very most, before it comes to another. */
    private static final int PATIENCE = 2000;

    private final LeakCheck leaks = LeakCheck.begin();
    private final BlockingQueue<Replies> conversations = new LinkedBlockingQueue<>();
    private final MessageHandler joining = (message, replies) -> {
        conversations.add(replies);
        replies.send(message);
    };
    private final LoopServer served = LoopServer.start(joining.over(Framing.lines()));
    private final ExecutorService elsewhere = Executors.newSingleThreadExecutor();
    private final Connection busy = served.connect();
    private final Connection other = served.connect();
    private final AtomicInteger turns = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);

    EventLoopFairnessTest() throws IOException {
        busy.writeLine("one");
        assertThat(busy.readLine()).isEqualTo("one");
        other.writeLine("another");
        assertThat(other.readLine()).isEqualTo("another");
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        busy.close();
        other.close();
        served.close();
        elsewhere.shutdown();
        leaks.assertNone();
    }

    /** After each write to the busy one, the loop finds that there is more to do for it; the other has asked before. */
    private void keepBusy(Callable<?> more) {
        // It may only now come from its first writes.
        served.settle();
        served.channel(1).afterWrite(ended::countDown);
        served.channel(0).afterWrite(() -> {
            try {
                if (turns.getAndIncrement() == 0) {
                    other.writeLine("me too");
                }
                if (ended.getCount() > 0 && turns.get() < PATIENCE) {
                    assertThat(busy.readLine()).isEqualTo("more");
                    more.call();
                } else {
                    ended.countDown();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void assertTheOtherHadItsTurn() throws Exception {
        ended.await();
        assertThat(turns).hasValueLessThan(PATIENCE);
        assertThat(other.readLine()).isEqualTo("me too");
        assertThat(served.failures).isEmpty();
    }

    @Test
    void aClientThatAlwaysHasMoreToSayDoesNotStarveAnother() throws Exception {
        keepBusy(() -> {
            busy.writeLine("more");
            return true;
        });
        busy.writeLine("more");
        assertTheOtherHadItsTurn();
    }

    @Test
    void aThreadThatAlwaysHasMoreToSendDoesNotStarveAnotherConversation() throws Exception {
        Replies replies = conversations.take();
        keepBusy(() -> elsewhere
                .submit(() -> {
                    send(replies, "more");
                    return true;
                })
                .get());
        send(replies, "more");
        assertTheOtherHadItsTurn();
    }
}
