package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of which waits it can be told for certain that they have not ended. */
@Timeout(20)
class OnlookerTest {

    private static final long UNSURE = 12_345;

    private final LeakCheck leaks = LeakCheck.begin();
    private final Onlooker onlooker = new Onlooker();

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    private long patience(Async<?> waiting) {
        Async.awaitBlocked(waiting.thread());
        return onlooker.patience(waiting.thread(), UNSURE, 0);
    }

    @Test
    void aLatchAndATaskAreExact() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        Async<Boolean> waiting = Async.run(latch::await);
        assertThat(patience(waiting)).isZero();
        latch.countDown();
        waiting.join();
        FutureTask<String> task = new FutureTask<>(() -> "done");
        Async<String> asking = Async.call(task::get);
        assertThat(patience(asking)).isZero();
        task.run();
        assertThat(asking.join()).isEqualTo("done");
    }

    @Test
    void aFutureThatIsCompletedAndAQueueAreNot() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        Async<String> joining = Async.call(future::join);
        assertThat(patience(joining)).isEqualTo(UNSURE);
        Async<String> getting = Async.call(future::get);
        assertThat(patience(getting)).isEqualTo(UNSURE);
        future.complete("done");
        assertThat(joining.join()).isEqualTo(getting.join());
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        Async<String> taking = Async.call(queue::take);
        assertThat(patience(taking)).isEqualTo(UNSURE);
        queue.add("next");
        assertThat(taking.join()).isEqualTo("next");
    }
}
