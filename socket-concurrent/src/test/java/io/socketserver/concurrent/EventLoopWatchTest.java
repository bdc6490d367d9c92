package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.LoopWatch;
import io.socketserver.testkit.MemoryOptions;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The testkit's watch over handlers on a loop. */
@Timeout(30)
class EventLoopWatchTest {

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    @Test
    void aHandlerThatOnlyRepliesIsNeverSeenToBlock() throws Exception {
        MessageHandler echo = (message, replies) -> {
            replies.send(message);
            replies.flush();
        };
        LoopServer.Parts parts = LoopServer.parts();
        parts.memory = MemoryOptions.defaults().capacity(10);
        try (LoopWatch watch = LoopWatch.start();
                LoopServer served = parts.start(watch.on(echo).over(Framing.lines()));
                Connection client = served.connect()) {
            for (int i = 0; i < 3000; i++) {
                client.writeLine("hello, hello, hello");
                assertThat(client.readLine()).isEqualTo("hello, hello, hello");
                watch.assertNeverBlocked();
            }
        }
    }

    @Test
    void oneThatWaitsIsSeenOnTheThreadOfItsLoop() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        MessageHandler waits = (message, replies) -> {
            begun.countDown();
            goOn.await();
            replies.send(message);
        };
        try (LoopWatch watch = LoopWatch.start();
                LoopServer served = LoopServer.start(watch.on(waits).over(Framing.lines()));
                Connection client = served.connect()) {
            client.writeLine("hello");
            begun.await();
            // It waits now, or will at once, and until it was seen.
            while (isUnseen(watch)) {
                Thread.onSpinWait();
            }
            goOn.countDown();
            assertThat(client.readLine()).isEqualTo("hello");
            assertThatThrownBy(watch::assertNeverBlocked)
                    .hasMessageContaining(".handle on thread 'loop-1' is WAITING\n")
                    .hasMessageContaining("CountDownLatch.await");
        }
    }

    private static boolean isUnseen(LoopWatch watch) {
        try {
            watch.assertNeverBlocked();
            return true;
        } catch (AssertionError seen) {
            return false;
        }
    }
}
