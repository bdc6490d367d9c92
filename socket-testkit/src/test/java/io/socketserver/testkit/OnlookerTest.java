package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
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
    void whoIsParkedAtWhatIsDoneIsAboutToRun() throws Exception {
        FutureTask<Boolean> done = new FutureTask<>(() -> true);
        done.run();
        CountDownLatch end = new CountDownLatch(1);
        Async<Boolean> parked = Async.run(() -> {
            while (end.getCount() > 0) {
                LockSupport.park(done);
            }
        });
        assertThat(patience(parked)).isEqualTo(Onlooker.RUNS);
        end.countDown();
        LockSupport.unpark(parked.thread());
        parked.join();
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

    /** Who has ended is not listed any more, a moment before it is told. */
    @Test
    void whoJoinsMayBeAboutToBeToldOfAnEnd() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Async<Boolean> other = Async.run(end::await);
        Async<Boolean> joining = Async.run(other.thread()::join);
        awaitState(joining.thread(), Thread.State.WAITING);
        onlooker.look(Set.of(other.thread()));
        assertThat(onlooker.patience(joining.thread(), UNSURE, 0)).isEqualTo(UNSURE);
        // Looked at for long enough, and nobody has ended.
        while (onlooker.patience(joining.thread(), UNSURE, 0) > 0) {
            onlooker.look(Set.of(other.thread()));
        }
        onlooker.look(Set.of());
        assertThat(onlooker.patience(joining.thread(), UNSURE, 0)).isEqualTo(UNSURE);
        end.countDown();
        joining.join();
    }

    @Test
    void whoWaitedToBeNotifiedUntilATimeIsLookedAtAgain() throws Exception {
        CountDownLatch woken = new CountDownLatch(1);
        FutureTask<Thread> thread = new FutureTask<>(Thread::currentThread);
        Timer timer = new Timer();
        timer.schedule(task(thread), 0);
        timer.schedule(task(() -> {}), Duration.ofHours(1).toMillis());
        awaitState(thread.get(), Thread.State.TIMED_WAITING);
        assertThat(onlooker.patience(thread.get(), UNSURE, 0)).isZero();
        timer.schedule(
                task(() -> {
                    woken.countDown();
                    LockSupport.park();
                }),
                0);
        woken.await();
        awaitState(thread.get(), Thread.State.WAITING);
        assertThat(onlooker.patience(thread.get(), UNSURE, 0)).isEqualTo(UNSURE);
        timer.cancel();
        LockSupport.unpark(thread.get());
    }

    private static TimerTask task(Runnable body) {
        return new TimerTask() {
            @Override
            public void run() {
                body.run();
            }
        };
    }

    private static void awaitState(Thread thread, Thread.State state) {
        while (thread.getState() != state) {
            Thread.onSpinWait();
        }
    }
}
