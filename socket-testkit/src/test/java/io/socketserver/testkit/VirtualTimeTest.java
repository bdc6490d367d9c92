package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class VirtualTimeTest {

    private final LeakCheck leaks = LeakCheck.begin();
    private final VirtualTime time = new VirtualTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition condition = lock.newCondition();

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    private boolean await(Duration timeout) throws InterruptedException {
        long deadline = Deadline.of(time, timeout);
        lock.lock();
        try {
            return time.awaitUntil(lock, condition, deadline);
        } finally {
            lock.unlock();
        }
    }

    /** On a condition of its own, since a signal wakes all who wait on the same. */
    private boolean awaitAlone(Duration timeout) throws InterruptedException {
        ReentrantLock own = new ReentrantLock();
        own.lock();
        try {
            return time.awaitUntil(own, own.newCondition(), Deadline.of(time, timeout));
        } finally {
            own.unlock();
        }
    }

    @Test
    void itStandsStillUntilItIsAdvanced() {
        long start = time.nanoTime();
        assertThat(time.nanoTime()).isEqualTo(start);
        time.advance(Duration.ofSeconds(2));
        time.advance(Duration.ZERO);
        assertThat(time.nanoTime() - start).isEqualTo(2_000_000_000L);
        assertThat(time).hasToString("virtual time PT2S");
        assertThatThrownBy(() -> time.advance(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDeadlineThatHasComeIsNotWaitedFor() throws Exception {
        assertThat(await(Duration.ZERO)).isFalse();
        time.advance(Duration.ofHours(1));
        lock.lock();
        try {
            assertThat(time.awaitUntil(lock, condition, time.nanoTime() - 1)).isFalse();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void advancingWakesThoseWhoseTimeHasComeAndNoOthers() throws Exception {
        Async<Boolean> early = Async.call(() -> await(Duration.ofSeconds(1)));
        time.awaitWaiters(1);
        Async<Boolean> late = Async.call(() -> awaitAlone(Duration.ofSeconds(2)));
        time.awaitWaiters(2);
        time.advance(Duration.ofSeconds(1));
        assertThat(early.join()).isFalse();
        time.awaitWaiter(Duration.ofSeconds(1));
        assertThat(late.thread().isAlive()).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(late.join()).isFalse();
    }

    @Test
    void aSignalBeforeTheDeadlineIsInTime() throws Exception {
        Async<Boolean> waiting = Async.call(() -> await(Duration.ofSeconds(1)));
        time.awaitWaiters(1);
        lock.lock();
        try {
            condition.signalAll();
        } finally {
            lock.unlock();
        }
        assertThat(waiting.join()).isTrue();
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        Async<Boolean> waiting = Async.call(() -> await(Duration.ofSeconds(1)));
        time.awaitWaiters(1);
        waiting.interrupt();
        assertThatThrownBy(waiting::join).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> await(Duration.ZERO)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void whoHoldsTheLockOfTheWaitersMayAdvance() throws Exception {
        Async<Boolean> waiting = Async.call(() -> await(Duration.ofSeconds(1)));
        time.awaitWaiters(1);
        lock.lock();
        try {
            time.advance(Duration.ofSeconds(1));
        } finally {
            lock.unlock();
        }
        assertThat(waiting.join()).isFalse();
    }

    @Test
    void thoseWithoutAnEndDoNotCount() throws Exception {
        Async<Boolean> forever = Async.call(() -> awaitAlone(ChronoUnit.FOREVER.getDuration()));
        Async<Boolean> awaiting = Async.run(() -> time.awaitWaiters(1));
        Async<Boolean> hour = Async.call(() -> await(Duration.ofHours(1)));
        assertThat(awaiting.join()).isTrue();
        time.advance(Duration.ofHours(1));
        assertThat(hour.join()).isFalse();
        forever.interrupt();
        assertThatThrownBy(forever::join).isInstanceOf(InterruptedException.class);
    }

    @Test
    @Timeout(10)
    void whoIsWaitedForInVainIsMissed() throws Exception {
        VirtualTime impatient = new VirtualTime(Duration.ofNanos(1));
        assertThatThrownBy(() -> impatient.awaitWaiter(Duration.ofMinutes(5)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("nobody waits for PT5M on this clock, and nobody for anything else:"
                        + " are the server and its endpoint built with it?");
        ReentrantLock own = new ReentrantLock();
        Async<Boolean> waiting = Async.call(() -> {
            own.lock();
            try {
                return impatient.awaitUntil(
                        own, own.newCondition(), Duration.ofSeconds(3).toNanos());
            } finally {
                own.unlock();
            }
        });
        Async.awaitBlocked(waiting.thread());
        impatient.awaitWaiters(1);
        assertThatThrownBy(() -> impatient.awaitWaiters(2))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("no 2 threads wait on this clock; there are waits of PT3S: are the server");
        assertThatThrownBy(() -> impatient.awaitWaiter(Duration.ofMinutes(5)))
                .hasMessageStartingWith("nobody waits for PT5M on this clock; there are waits of PT3S: are");
        impatient.advance(Duration.ofSeconds(3));
        assertThat(waiting.join()).isFalse();
    }

    @Test
    void noWakeupIsLost() throws Exception {
        // Threads arrive while time passes: whoever waits for a second is woken by the advance that ends it.
        List<Async<Boolean>> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Async.run(() -> {
                for (int round = 0; round < 500; round++) {
                    long deadline = time.nanoTime() + 1_000_000_000L;
                    lock.lock();
                    try {
                        boolean inTime = true;
                        while (inTime) {
                            inTime = time.awaitUntil(lock, condition, deadline);
                        }
                        assertThat(time.nanoTime()).isGreaterThanOrEqualTo(deadline);
                    } finally {
                        lock.unlock();
                    }
                }
            }));
        }
        while (threads.stream().anyMatch(thread -> thread.thread().isAlive())) {
            time.advance(Duration.ofMillis(500));
        }
        for (Async<Boolean> thread : threads) {
            assertThat(thread.join()).isTrue();
        }
    }
}
