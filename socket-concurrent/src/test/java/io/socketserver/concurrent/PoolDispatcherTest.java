package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketserver.api.Connection;
import io.socketserver.api.Dispatcher;
import io.socketserver.api.Handler;
import io.socketserver.api.Limits;
import io.socketserver.api.Observer;
import io.socketserver.api.Observer.Refusal;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.TimeLimit;
import io.socketserver.api.WhenFull;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryEndpoint;
import io.socketserver.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PoolDispatcherTest {

    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration CUT_GRACE = Duration.ofMillis(200);

    private final LeakCheck leaks = LeakCheck.begin();
    private final MemoryEndpoint endpoint = MemoryEndpoint.bind();
    private final Semaphore goOn = new Semaphore(0);
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Set<String> threads = ConcurrentHashMap.newKeySet();
    private final Handler<Connection> counting = connection -> {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        threads.add(Thread.currentThread().getName());
        connection.writeLine("begun");
        goOn.acquire();
        now.decrementAndGet();
    };

    private final Accepted accepted = new Accepted();

    /** How many requests are accepted at once. */
    private static final class Accepted implements Observer {

        final AtomicInteger now = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();

        @Override
        public void accepted(Request request) {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
        }

        @Override
        public void ended(Request request) {
            now.decrementAndGet();
        }
    }

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    private List<Connection> connect(int count) throws Exception {
        List<Connection> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(endpoint.connect());
        }
        return clients;
    }

    @Test
    void aFullPoolMakesTheServerWaitAndNobodyIsLost() throws Exception {
        Server<Connection> server = Server.on(endpoint)
                .dispatch(Dispatchers.pool(PoolOptions.of(3).queue(2).name("worker")))
                .observe(accepted)
                .handle(counting)
                .start();
        List<Connection> clients = connect(50);
        for (int i = 0; i < 50; i++) {
            assertThat(clients.get(i).readLine()).isEqualTo("begun");
            goOn.release();
        }
        assertThat(server.drain(GRACE).completed()).isEqualTo(50);
        assertThat(most).hasValueLessThanOrEqualTo(3);
        assertThat(accepted.most).hasValueLessThanOrEqualTo(5);
        assertThat(threads).isSubsetOf("worker-1", "worker-2", "worker-3");
        for (Connection client : clients) {
            client.close();
        }
    }

    @Test
    void aFullPoolRefusesIfItIsTo() throws Exception {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        Server<Connection> server = Server.on(endpoint)
                .dispatch(Dispatchers.pool(PoolOptions.of(2).queue(1).whenFull(WhenFull.REFUSE)))
                .onError((request, failure) -> failures.add(failure))
                .handle(counting)
                .start();
        List<Connection> clients = connect(5);
        assertThat(clients.get(3).readLine()).isNull();
        assertThat(clients.get(4).readLine()).isNull();
        assertThat(server.statistics().refused(Refusal.REJECTED)).isEqualTo(2);
        // Without a stack trace, since a log has one record for each client then.
        assertThat(failures)
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(RejectedExecutionException.class)
                        .hasMessage("the pool has no room: its 2 threads are busy, and its queue of 1 is full")
                        .extracting(Throwable::getStackTrace, InstanceOfAssertFactories.ARRAY)
                        .isEmpty());
        goOn.release(3);
        assertThat(server.drain(GRACE).completed()).isEqualTo(5);
        assertThat(server.statistics().completed()).isEqualTo(3);
        for (Connection client : clients) {
            client.close();
        }
    }

    @Test
    void aPoolGoesOnWithoutAWorkerThatNeverEnds() throws Exception {
        VirtualTime time = new VirtualTime();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch abandoned = new CountDownLatch(1);
        Server<Connection> server = Server.on(endpoint)
                .time(time)
                .limits(Limits.none().requestDeadline(LIMIT))
                .dispatch(Dispatchers.pool(PoolOptions.of(2).queue(0)))
                .observe(new Observer() {
                    @Override
                    public void abandoned(Request request) {
                        abandoned.countDown();
                    }
                })
                .handle(connection -> {
                    if ("stick".equals(connection.readLine())) {
                        begun.countDown();
                        awaitIgnoringInterrupts(end);
                    }
                    connection.writeLine("hello");
                })
                .start();
        try (Connection stuck = endpoint.connect()) {
            stuck.writeLine("stick");
            begun.await();
            time.advance(LIMIT);
            time.awaitWaiter(CUT_GRACE);
            time.advance(CUT_GRACE);
            abandoned.await();
            for (int i = 0; i < 20; i++) {
                try (Connection client = endpoint.connect()) {
                    client.writeLine("go on");
                    assertThat(client.readLine()).isEqualTo("hello");
                }
            }
            assertThat(server.statistics().abandoned()).isOne();
            end.countDown();
        }
        assertThat(server.drain(GRACE).completed()).isEqualTo(21);
        assertThat(server.statistics().timedOut(TimeLimit.REQUEST_DEADLINE)).isOne();
    }

    private static void awaitIgnoringInterrupts(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // As a handler does that ends only when it likes.
            }
        }
    }

    @Test
    void anOptionThatCannotBeSaysWhatCan() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dispatchers.pool(0))
                .withMessage("a pool's threads must be from 1 to 100000, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoolOptions.of(1).queue(-1))
                .withMessageStartingWith("a pool's queue must be from 0 to ");
    }

    @Test
    void aClosedPoolTakesNothing() {
        Dispatcher pool = Dispatchers.pool(1);
        pool.close();
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> pool.execute(() -> {}))
                .withMessage("the pool is closed, since its server is");
    }

    @Test
    void optionsReachTheThreadsAndTheServer() throws Exception {
        Dispatcher pool = Dispatchers.pool(PoolOptions.of(1).daemon(true).blockOnClose(false));
        assertThat(pool.blockOnClose()).isFalse();
        assertThat(pool.capacity()).isEqualTo(2);
        CountDownLatch ran = new CountDownLatch(1);
        pool.execute(() -> {
            if (Thread.currentThread().isDaemon()) {
                ran.countDown();
            }
        });
        ran.await();
        pool.close();
    }
}
