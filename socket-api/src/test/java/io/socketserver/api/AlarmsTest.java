package io.socketserver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In real time, of which it is checked only that nothing comes too early; exact times are for the testkit's clock. */
@Timeout(20)
class AlarmsTest {

    private static final Duration SOON = Duration.ofMillis(30);

    private final TimeSource time = TimeSource.system();
    private final Alarms alarms = new Alarms(time, "alarms");
    private final BlockingQueue<String> rung = new LinkedBlockingQueue<>();

    @AfterEach
    @Timeout(20)
    void endsItsThread() throws InterruptedException {
        alarms.close();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("alarms")) {
                thread.join();
            }
        }
    }

    private Alarms.Alarm once(String name) {
        return now -> {
            rung.add(name);
            return Alarms.NEVER;
        };
    }

    private long in(Duration delay) {
        return time.nanoTime() + delay.toNanos();
    }

    @Test
    void theyRingInTheOrderOfTheirTimesAndNotBefore() throws Exception {
        long base = in(SOON);
        alarms.set(base + 2, once("third"));
        alarms.set(base, once("first"));
        alarms.set(base + 1, once("second"));
        alarms.set(base, once("first again"));
        assertThat(rung.take()).isEqualTo("first");
        assertThat(time.nanoTime()).isGreaterThanOrEqualTo(base);
        assertThat(rung.take()).isEqualTo("first again");
        assertThat(rung.take()).isEqualTo("second");
        assertThat(rung.take()).isEqualTo("third");
    }

    @Test
    void anEarlierOneThatIsSetLaterIsNotKeptWaiting() throws Exception {
        Alarms.Entry late = alarms.set(in(Duration.ofHours(1)), once("late"));
        alarms.set(in(Duration.ZERO), once("early"));
        assertThat(rung.take()).isEqualTo("early");
        assertThat(rung).isEmpty();
        alarms.cancel(late);
    }

    @Test
    void oneThatRingsAgainDoesSoUntilItIsCancelled() throws Exception {
        CountDownLatch often = new CountDownLatch(5);
        Alarms.Entry entry = alarms.set(in(Duration.ZERO), now -> {
            often.countDown();
            return now;
        });
        often.await();
        alarms.cancel(entry);
        alarms.set(in(Duration.ZERO), once("next"));
        assertThat(rung.take()).isEqualTo("next");
    }

    @Test
    void aCancelledOneDoesNotRing() throws Exception {
        long when = in(SOON);
        Alarms.Entry entry = alarms.set(when, once("cancelled"));
        alarms.cancel(entry);
        alarms.cancel(entry);
        alarms.set(when + 1, once("next"));
        assertThat(rung.take()).isEqualTo("next");
    }

    @Test
    void oneThatFailsCostsTheOthersNothing() throws Exception {
        alarms.set(in(Duration.ZERO), now -> {
            rung.add("failing");
            throw new AssertionError("on purpose, and logged");
        });
        assertThat(rung.take()).isEqualTo("failing");
        alarms.set(in(Duration.ZERO), once("next"));
        assertThat(rung.take()).isEqualTo("next");
    }

    @Test
    void thoseThatAreSetRingAlsoOnceItIsClosed() throws Exception {
        Alarms.Entry late = alarms.set(in(Duration.ofHours(1)), once("late"));
        alarms.set(in(SOON), once("before"));
        alarms.close();
        assertThat(rung.take()).isEqualTo("before");
        alarms.cancel(late);
        endsItsThread();
        alarms.set(in(Duration.ZERO), once("after"));
        assertThat(rung.take()).isEqualTo("after");
    }
}
