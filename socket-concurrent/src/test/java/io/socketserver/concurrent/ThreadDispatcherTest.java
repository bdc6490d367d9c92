package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.socketserver.api.Connection;
import io.socketserver.api.Dispatcher;
import io.socketserver.api.Server;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThreadDispatcherTest {

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    @Test
    void threadsAreNamedAndNumberedAndNoDaemonsByDefault() throws Exception {
        List<Thread> threads = run(Dispatchers.threads(), 2);
        assertThat(threads).extracting(Thread::getName).containsExactly("request-1", "request-2");
        assertThat(threads).noneMatch(Thread::isDaemon);
    }

    @Test
    void threadsAreAsTheOptionsSay() throws Exception {
        Dispatcher dispatcher =
                Dispatchers.threads(ThreadOptions.defaults().name("time").daemon(true));
        List<Thread> threads = run(dispatcher, 1);
        assertThat(threads).extracting(Thread::getName).containsExactly("time-1");
        assertThat(threads).allMatch(Thread::isDaemon);
    }

    @Test
    void aClosedDispatcherTakesNothing() {
        Dispatcher dispatcher = Dispatchers.threads();
        dispatcher.close();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> dispatcher.execute(() -> {}));
    }

    @Test
    void requestsAreHandledAtTheSameTime() throws Exception {
        int clients = 20;
        CyclicBarrier allAtOnce = new CyclicBarrier(clients);
        MemoryEndpoint endpoint = MemoryEndpoint.bind();
        try (var server = Server.on(endpoint).dispatch(Dispatchers.threads()).handle(connection -> {
            allAtOnce.await(10, TimeUnit.SECONDS);
            connection.writeLine("together");
        })) {
            server.start();
            List<Connection> connections = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                connections.add(endpoint.connect());
            }
            for (Connection connection : connections) {
                assertThat(connection.readLine()).isEqualTo("together");
                connection.close();
            }
        }
    }

    @Test
    void closingWaitsForRequestsUnlessTheOptionsSayNo() throws Exception {
        for (boolean block : new boolean[] {true, false}) {
            CountDownLatch mayEnd = new CountDownLatch(1);
            CountDownLatch begun = new CountDownLatch(1);
            AtomicReference<Thread> runner = new AtomicReference<>();
            MemoryEndpoint endpoint = MemoryEndpoint.bind();
            Server<Connection> server = Server.on(endpoint)
                    .dispatch(Dispatchers.threads(ThreadOptions.defaults().blockOnClose(block)))
                    .handle(connection -> {
                        runner.set(Thread.currentThread());
                        begun.countDown();
                        mayEnd.await();
                        connection.writeLine("ended by itself");
                    });
            server.start();
            try (Connection client = endpoint.connect()) {
                assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
                FutureTask<Boolean> close = new FutureTask<>(() -> {
                    server.close();
                    return mayEnd.getCount() == 0;
                });
                Thread closer = new Thread(close);
                closer.start();
                if (!block) {
                    closer.join();
                }
                mayEnd.countDown();
                assertThat(close.get()).as("closing has waited").isEqualTo(block);
                assertThat(client.readLine()).isEqualTo("ended by itself");
                closer.join();
                runner.get().join();
            }
        }
    }

    private static List<Thread> run(Dispatcher dispatcher, int tasks) throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            FutureTask<Thread> task = new FutureTask<>(Thread::currentThread);
            dispatcher.execute(task);
            threads.add(task.get());
        }
        for (Thread thread : threads) {
            thread.join();
        }
        dispatcher.close();
        return threads;
    }
}
