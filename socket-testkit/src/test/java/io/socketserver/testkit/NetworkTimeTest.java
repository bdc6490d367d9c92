package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.Limits;
import io.socketserver.api.Server;
import io.socketserver.api.TimeLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When time goes on, and what becomes of an event that fails, which none should. */
@Timeout(20)
class NetworkTimeTest {

    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final LeakCheck leaks = LeakCheck.begin();
    private final Agenda agenda = new Agenda();
    private final NetworkTime time = new NetworkTime(agenda);

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    @Test
    void timePassesForwardsAndForACenturyAtMost() throws Exception {
        try (Network network = Network.seeded(1)) {
            for (Duration bad :
                    List.of(Duration.ofNanos(-1), Duration.ofDays(36_526), Duration.ofSeconds(Long.MAX_VALUE))) {
                assertThatThrownBy(() -> network.pass(bad))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("time passes from nothing to a century at once, not " + bad);
            }
            network.pass(Duration.ZERO);
            assertThat(network.time().nanoTime()).isZero();
        }
    }

    @Test
    void whoeverWaitsForTheSameTimeIsWokenByAge() throws Exception {
        List<Integer> woken = Collections.synchronizedList(new ArrayList<>());
        List<Integer> ages = List.of(0, 1, 2, 3, 4, 5, 6, 7);
        try (Network network = Network.seeded(1)) {
            List<Async<Boolean>> threads = new ArrayList<>();
            for (int age : ages) {
                threads.add(Async.run(() -> {
                    network.pass(Duration.ofSeconds(1));
                    woken.add(age);
                }));
            }
            for (Async<Boolean> thread : threads) {
                assertThat(thread.join()).isTrue();
            }
        }
        assertThat(woken).isEqualTo(ages);
    }

    /** Nobody has to give it to the server as well. */
    @Test
    void aServerFollowsTheTimeOfItsEndpoint() throws Exception {
        try (Network network = Network.seeded(1);
                Server<Connection> server = Server.on(network.bind("idle"))
                        .limits(Limits.none().idleTimeout(Duration.ofMinutes(5)))
                        .handle(Connection::readLine)
                        .start();
                Connection client = network.connect("idle")) {
            assertThat(client.readLine()).isNull();
            assertThat(network.time().nanoTime())
                    .isEqualTo(Duration.ofMinutes(5).toNanos());
            assertThat(server.statistics().timedOut(TimeLimit.IDLE_TIMEOUT)).isOne();
        }
        VirtualTime virtual = new VirtualTime();
        MemoryOptions options = MemoryOptions.defaults().time(virtual);
        assertThat(MemoryEndpoint.bind(options).time()).isSameAs(virtual);
        assertThat(MemoryDatagramEndpoint.bind(options).time()).isSameAs(virtual);
    }

    private void failAtOnce() {
        agenda.add(0, new Agenda.Track(new MemoryAddress("client", 1), Side.CLIENT), () -> {
            throw new IllegalStateException("planned");
        });
    }

    /** Waits for an hour; with a lock that is held twice somebody else has to make the steps. */
    private static boolean waitAnHour(NetworkTime time, int holds) throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Condition never = lock.newCondition();
        for (int i = 0; i < holds; i++) {
            lock.lock();
        }
        try {
            return time.awaitUntil(lock, never, HOUR);
        } finally {
            while (lock.getHoldCount() > 1) {
                lock.unlock();
            }
            lock.unlock();
        }
    }

    @Test
    void itComesOutOfTheWaitThatMadeTheStep() {
        failAtOnce();
        assertThatThrownBy(() -> waitAnHour(time, 1)).hasMessage("planned");
    }

    @Test
    void itStandsStillWhileOneStartsAnotherAndWaitsForThat() throws Exception {
        Async<Boolean> waiting = Async.call(() -> waitAnHour(time, 2));
        Async.awaitBlocked(waiting.thread());
        for (int round = 0; round < 2_000; round++) {
            Async.call(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            Thread.onSpinWait();
                        }
                        return true;
                    })
                    .join();
        }
        assertThat(time.nanoTime()).isZero();
        waiting.interrupt();
        assertThatThrownBy(waiting::join).isInstanceOf(InterruptedException.class);
    }

    @Test
    void ofThePulseItCostsThatNetworkOnly() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            assertThat(failure).hasMessage("planned");
            told.countDown();
        });
        Async<Boolean> waiting;
        try {
            failAtOnce();
            waiting = Async.call(() -> waitAnHour(time, 2));
            told.await();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        waiting.interrupt();
        assertThatThrownBy(waiting::join).isInstanceOf(InterruptedException.class);
        NetworkTime other = new NetworkTime(new Agenda());
        assertThat(waitAnHour(other, 2)).isFalse();
        assertThat(other.nanoTime()).isEqualTo(HOUR);
    }
}
