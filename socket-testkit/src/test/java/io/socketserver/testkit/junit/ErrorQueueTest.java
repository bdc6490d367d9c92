package io.socketserver.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.testkit.MemoryPair;
import java.io.EOFException;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ErrorQueueTest {

    private final ErrorQueue errors = new ErrorQueue(Duration.ofSeconds(10));

    private void fail(Throwable failure) throws Exception {
        try (MemoryPair pair = MemoryPair.open()) {
            errors.handle(pair.server(), failure);
        }
    }

    @Test
    void eachFailureIsHandedOutOnceAndInOrder() throws Exception {
        fail(new EOFException());
        fail(new IllegalStateException("second"));
        fail(new IllegalStateException("third"));
        errors.next(EOFException.class);
        assertThat(errors.next(IllegalStateException.class)).hasMessage("second");
        assertThat(errors.rest()).hasSize(1);
        assertThat(errors.rest()).isEmpty();
    }

    @Test
    void oneOfAnotherTypeIsNotInTheWay() throws Exception {
        fail(new EOFException());
        fail(new IllegalStateException("second"));
        assertThat(errors.next(IllegalStateException.class)).hasMessage("second");
        assertThat(errors.rest()).singleElement().isInstanceOf(EOFException.class);
    }

    @Test
    void whatHasFailedInsteadIsTold() throws Exception {
        ErrorQueue impatient = new ErrorQueue(Duration.ofNanos(1));
        assertThatThrownBy(() -> impatient.next(IllegalStateException.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageEndingWith("but none has failed within 0 ms");
        try (MemoryPair pair = MemoryPair.open()) {
            impatient.handle(pair.server(), new EOFException());
        }
        assertThatThrownBy(() -> impatient.next(IllegalStateException.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageEndingWith("but there was only [java.io.EOFException] within 0 ms")
                .hasSuppressedException(new EOFException());
    }

    /** Of a latch a network can tell that its wait has ended, so that time does not go on before. */
    @Test
    void itIsWaitedForOnALatch() throws Exception {
        FutureTask<EOFException> next = new FutureTask<>(() -> errors.next(EOFException.class));
        Thread thread = new Thread(next, "waiting");
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(LockSupport.getBlocker(thread).getClass().getName())
                .startsWith("java.util.concurrent.CountDownLatch$");
        fail(new EOFException());
        assertThat(next.get()).isNotNull();
        thread.join();
    }
}
