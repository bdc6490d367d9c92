package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who hangs on a network is told why. */
@Timeout(30)
class StandstillTest {

    private final LeakCheck leaks = LeakCheck.begin();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    @Test
    void whatHappensIsNoStandstillAndIsNotTold() {
        Standstill standstill = new Standstill(Duration.ofNanos(1), told::add);
        standstill.look(true, () -> "moved");
        assertThat(told).isEmpty();
        Standstill patient = new Standstill(Duration.ofHours(1), told::add);
        patient.look(false, () -> "a moment ago");
        assertThat(told).isEmpty();
    }

    @Test
    void itIsToldOnce() {
        Standstill standstill = new Standstill(Duration.ZERO, told::add);
        standstill.look(false, () -> "situation");
        standstill.look(false, () -> "the same");
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("nothing has happened for 0 ms")
                .endsWith("situation");
    }

    @Test
    void whoWaitsHereAndElsewhereAndWhoRunsIsNamed() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        NetworkTime time = new NetworkTime(new Agenda(), new Standstill(Duration.ofMillis(1), told::add));
        Async<Boolean> elsewhere = Async.run(end::await);
        Async<Boolean> running = Async.run(() -> {
            while (end.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        elsewhere.thread().setName("elsewhere");
        running.thread().setName("running");
        Async.awaitBlocked(elsewhere.thread());
        Async<Boolean> here = Async.run(() -> {
            Thread.currentThread().setName("here");
            waitForEver(time);
        });
        assertThat(told.poll(20, TimeUnit.SECONDS))
                .contains("thread 'here' waits here, without end, at ")
                .contains("thread 'elsewhere' waits elsewhere, at ")
                .contains("thread 'running' runs, at ");
        end.countDown();
        running.join();
        elsewhere.join();
        here.interrupt();
        assertThatThrownBy(here::join).isInstanceOf(InterruptedException.class);
    }

    private static void waitForEver(NetworkTime time) throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Condition never = lock.newCondition();
        lock.lock();
        try {
            while (time.awaitUntil(lock, never, Deadline.never(time))) {
                // Not yet.
            }
        } finally {
            lock.unlock();
        }
    }
}
