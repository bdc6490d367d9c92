package io.socketserver.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Server;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.Mockito;

/** Handlers that block are seen, and no others. */
@Timeout(20)
class LoopWatchTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    // The first: mocks may need a socket, once.
    private final Replies replies = Mockito.mock(Replies.class);
    private final LeakCheck leaks = LeakCheck.begin();
    private final VirtualTime time = new VirtualTime();
    private final LoopWatch watch = LoopWatch.start(LIMIT, time);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void nothingIsLeft() {
        watch.close();
        leaks.assertNone();
    }

    /** What a handler does with its replies. */
    private interface Doing {
        void with(Replies replies) throws Exception;
    }

    /** Has a watched handler do it, on a thread of its own; returns when it is about to. */
    private Async<Boolean> handling(Doing doing) throws InterruptedException {
        MessageHandler handler = watch.on((message, itsReplies) -> {
            begun.countDown();
            doing.with(itsReplies);
        });
        Async<Boolean> call = Async.run(() -> handler.begin(replies).handle(ByteBuffer.allocate(0), replies));
        begun.await();
        return call;
    }

    private static void awaitState(Thread thread, Thread.State... states) {
        while (!Set.of(states).contains(thread.getState())) {
            Thread.onSpinWait();
        }
    }

    /** Lets the watch look once. */
    private void look() throws InterruptedException {
        time.awaitWaiter(LoopWatch.PERIOD);
        time.advance(LoopWatch.PERIOD);
        time.awaitWaiter(LoopWatch.PERIOD);
    }

    private void awaitSighting(String what) {
        while (true) {
            try {
                watch.assertNeverBlocked();
                Thread.onSpinWait();
            } catch (AssertionError e) {
                if (e.getMessage().contains(what)) {
                    return;
                }
            }
        }
    }

    @Test
    void aHandlerThatWaitsIsSeenAtOnce() throws Exception {
        Async<Boolean> call = handling(itsReplies -> goOn.await());
        awaitState(call.thread(), Thread.State.WAITING);
        assertThatThrownBy(watch::assertNeverBlocked)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("a message handler must not block, but 1 calls did:\n"
                        + getClass().getName())
                .hasMessageContaining(".handle on thread 'async' is WAITING\n")
                .hasMessageContaining("CountDownLatch.await")
                .hasMessageContaining("LoopWatchTest.lambda$aHandlerThatWaitsIsSeenAtOnce");
        goOn.countDown();
        call.join();
        assertThatThrownBy(watch::assertNeverBlocked).hasMessageContaining("but 1 calls did");
    }

    @Test
    void theWatchLooksByItselfAndTellsOfACallOnce() throws Exception {
        Async<Boolean> call = handling(itsReplies -> goOn.await());
        awaitState(call.thread(), Thread.State.WAITING);
        look();
        look();
        goOn.countDown();
        call.join();
        assertThatThrownBy(watch::assertNeverBlocked)
                .hasMessageContaining("but 1 calls did")
                .hasMessageContaining("CountDownLatch.await");
    }

    @Test
    void soIsOneThatSleepsOrParks() throws Exception {
        Async<Boolean> call = handling(itsReplies -> {
            while (goOn.getCount() > 0) {
                LockSupport.parkNanos(Duration.ofHours(1).toNanos());
            }
        });
        awaitState(call.thread(), Thread.State.TIMED_WAITING);
        assertThatThrownBy(watch::assertNeverBlocked).hasMessageContaining("is TIMED_WAITING\n");
        goOn.countDown();
        LockSupport.unpark(call.thread());
        call.join();
    }

    @Test
    void theBeginningAndTheEndAreWatchedToo() throws Exception {
        MessageHandler handler = watch.on(new MessageHandler() {
            @Override
            public MessageHandler begin(Replies itsReplies) throws Exception {
                goOn.await();
                return this;
            }

            @Override
            public void handle(ByteBuffer message, Replies itsReplies) {}

            @Override
            public void finish(Replies itsReplies) throws Exception {
                new CountDownLatch(1).await();
            }
        });
        Async<Boolean> call = Async.run(() -> handler.begin(replies).finish(replies));
        awaitSighting(".begin on thread 'async' is WAITING");
        goOn.countDown();
        awaitSighting(".finish on thread 'async' is WAITING");
        call.interrupt();
        assertThatThrownBy(call::join).isInstanceOf(InterruptedException.class);
    }

    @Test
    void whatRepliesDoInsideIsNotTheHandlersDoing() throws Exception {
        Mockito.doAnswer(call -> {
                    goOn.await();
                    return null;
                })
                .when(replies)
                .send(Mockito.any(ByteBuffer.class));
        Async<Boolean> call = handling(itsReplies -> itsReplies.send(ByteBuffer.allocate(1)));
        awaitState(call.thread(), Thread.State.WAITING);
        watch.assertNeverBlocked();
        time.advance(LIMIT);
        watch.assertNeverBlocked();
        goOn.countDown();
        call.join();
    }

    @Test
    void aLockIsNoWaitBeforeTheLimit() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Async<Boolean> call;
        lock.lock();
        try {
            call = handling(itsReplies -> {
                lock.lock();
                try {
                    goOn.countDown();
                } finally {
                    lock.unlock();
                }
            });
            awaitState(call.thread(), Thread.State.WAITING);
            look();
            time.advance(LIMIT.minus(LoopWatch.PERIOD).minusNanos(1));
            watch.assertNeverBlocked();
            time.advance(Duration.ofNanos(1));
            assertThatThrownBy(watch::assertNeverBlocked)
                    .hasMessageContaining("has not returned for 5000 ms\n")
                    .hasMessageContaining("ReentrantLock.lock");
        } finally {
            lock.unlock();
        }
        call.join();
    }

    @Test
    void norIsAMonitor() throws Exception {
        Object monitor = new Object();
        Async<Boolean> call;
        synchronized (monitor) {
            call = handling(itsReplies -> {
                synchronized (monitor) {
                    goOn.countDown();
                }
            });
            awaitState(call.thread(), Thread.State.BLOCKED);
            watch.assertNeverBlocked();
            time.advance(LIMIT);
            assertThatThrownBy(watch::assertNeverBlocked).hasMessageContaining("has not returned for 5000 ms\n");
        }
        call.join();
    }

    @Test
    void whoComputesIsSeenAtTheLimit() throws Exception {
        Async<Boolean> call = handling(itsReplies -> {
            while (goOn.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        time.advance(LIMIT.minusNanos(1));
        watch.assertNeverBlocked();
        time.advance(Duration.ofNanos(1));
        assertThatThrownBy(watch::assertNeverBlocked).hasMessageContaining("has not returned for 5000 ms\n");
        goOn.countDown();
        call.join();
    }

    @Test
    void whatItsThreadDoesBetweenCallsDoesNotCount() throws Exception {
        MessageHandler handler = watch.on((message, itsReplies) -> begun.countDown());
        Async<Boolean> calls = Async.run(() -> {
            MessageHandler own = handler.begin(replies);
            own.handle(ByteBuffer.allocate(0), replies);
            goOn.await();
            own.handle(ByteBuffer.allocate(0), replies);
        });
        begun.await();
        awaitState(calls.thread(), Thread.State.WAITING);
        time.advance(LIMIT);
        watch.assertNeverBlocked();
        goOn.countDown();
        calls.join();
        watch.assertNeverBlocked();
    }

    @Test
    void aWatchedHandlerDoesWhatItDidBefore() throws Exception {
        MemoryEndpoint endpoint = MemoryEndpoint.bind();
        MessageHandler counting = MessageHandler.perConversation(() -> new MessageHandler() {
            private int count;

            @Override
            public void handle(ByteBuffer message, Replies itsReplies) throws Exception {
                try (Replies.Later later = itsReplies.later()) {
                    later.send(Integer.toString(++count).getBytes(UTF_8));
                }
                itsReplies.flush();
                assertThat(itsReplies.request().isOpen()).isTrue();
            }

            @Override
            public void finish(Replies itsReplies) throws Exception {
                itsReplies.send("bye".getBytes(UTF_8));
                itsReplies.end();
            }
        });
        try (var server = Server.on(endpoint)
                .handle(watch.on(counting).over(Framing.lines()))
                .start()) {
            for (int i = 0; i < 2; i++) {
                try (var client = endpoint.connect()) {
                    client.writeLine("a\nb");
                    assertThat(client.readLine()).isEqualTo("1");
                    assertThat(client.readLine()).isEqualTo("2");
                    client.shutdownOutput();
                    assertThat(client.readLine()).isEqualTo("bye");
                    assertThat(client.readLine()).isNull();
                }
            }
            assertThat(server.statistics().failed()).isZero();
        }
        watch.assertNeverBlocked();
    }

    @Test
    void whatItThrowsIsThrownAndItsConversationIsItsOwn() throws Exception {
        MessageHandler failing = watch.on((message, itsReplies) -> {
            throw new IllegalStateException("told to");
        });
        assertThatThrownBy(() -> failing.begin(replies).handle(ByteBuffer.allocate(0), replies))
                .hasMessage("told to");
        assertThatThrownBy(() -> failing.handle(ByteBuffer.allocate(0), replies))
                .hasMessage("the conversation was not begun");
    }

    @Test
    void itEndsTwiceAndCanBeAskedAfterwards() {
        watch.close();
        watch.close();
        assertThatCode(watch::assertNeverBlocked).doesNotThrowAnyException();
        assertThatThrownBy(() -> LoopWatch.start(Duration.ZERO)).hasMessage("the limit must be positive, not PT0S");
        try (LoopWatch usual = LoopWatch.start()) {
            usual.assertNeverBlocked();
        }
    }
}
