package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Which waits of a thread are told of, and which are for a lock only. */
@Timeout(20)
class WatchedCallTest {

    private static final Set<Thread.State> WAITS = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    /** What is told of a thread that waits like that, which can be interrupted. */
    private static @Nullable String seen(Async.Body waiting) throws Exception {
        FutureTask<WatchedCall> call = new FutureTask<>(() -> new WatchedCall("it", 0));
        Async<Boolean> thread = Async.run(() -> {
            call.run();
            waiting.run();
        });
        WatchedCall begun = call.get();
        while (!WAITS.contains(thread.thread().getState())) {
            Thread.onSpinWait();
        }
        String seen = begun.look(0, Long.MAX_VALUE);
        thread.interrupt();
        assertThatThrownBy(thread::join).isInstanceOf(InterruptedException.class);
        return seen;
    }

    private static DynamicTest told(String name, Async.Body waiting) {
        return DynamicTest.dynamicTest(
                name, () -> assertThat(seen(waiting)).contains("is ").contains("WAITING\n"));
    }

    private static DynamicTest passedOver(String name, Lock held, Async.Body locking) {
        return DynamicTest.dynamicTest(name, () -> {
            held.lock();
            try {
                assertThat(seen(locking)).isNull();
            } finally {
                held.unlock();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aWaitIsTold() {
        ReentrantLock lock = new ReentrantLock();
        Condition never = lock.newCondition();
        return Stream.of(
                told("a queue", new LinkedBlockingQueue<>()::take),
                told("a bounded queue", new ArrayBlockingQueue<>(1)::take),
                told("a condition", () -> {
                    lock.lock();
                    try {
                        while (true) {
                            never.await();
                        }
                    } finally {
                        lock.unlock();
                    }
                }),
                told("a future", new CompletableFuture<>()::get),
                told("a latch", new CountDownLatch(1)::await),
                told("a semaphore", new Semaphore(0)::acquire));
    }

    @TestFactory
    Stream<DynamicTest> aLockIsNot() {
        ReentrantLock lock = new ReentrantLock();
        ReentrantReadWriteLock both = new ReentrantReadWriteLock();
        return Stream.of(
                passedOver("a lock", lock, lock::lockInterruptibly),
                passedOver(
                        "a lock for some time",
                        lock,
                        () -> assertThat(lock.tryLock(1, TimeUnit.HOURS)).isTrue()),
                passedOver("to read", both.writeLock(), both.readLock()::lockInterruptibly),
                passedOver("to write", both.writeLock(), both.writeLock()::lockInterruptibly));
    }
}
