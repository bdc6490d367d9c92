package io.socketserver.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SystemTimeTest {

    private final TimeSource time = TimeSource.system();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition condition = lock.newCondition();

    @Test
    void goesOn() {
        long before = System.nanoTime();
        long now = time.nanoTime();
        assertThat(now - before).isNotNegative();
        assertThat(System.nanoTime() - now).isNotNegative();
    }

    @Test
    void waitsUntilTheDeadline() throws Exception {
        lock.lock();
        try {
            long deadline = time.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1);
            while (time.awaitUntil(lock, condition, deadline)) {
                assertThat(deadline - time.nanoTime()).isPositive();
            }
            assertThat(time.nanoTime() - deadline).isNotNegative();
            assertThat(time.awaitUntil(lock, condition, deadline)).isFalse();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void aSignalIsInTime() throws Exception {
        Thread signaller = new Thread(() -> {
            lock.lock();
            try {
                condition.signalAll();
            } finally {
                lock.unlock();
            }
        });
        lock.lock();
        try {
            // It gets the lock only when this thread waits.
            signaller.start();
            assertThat(time.awaitUntil(lock, condition, time.nanoTime() + TimeUnit.SECONDS.toNanos(15)))
                    .isTrue();
        } finally {
            lock.unlock();
        }
        signaller.join();
    }

    @Test
    void anInterruptEndsTheWait() {
        lock.lock();
        try {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> time.awaitUntil(lock, condition, time.nanoTime() + TimeUnit.SECONDS.toNanos(15)))
                    .isInstanceOf(InterruptedException.class);
        } finally {
            lock.unlock();
        }
    }
}
