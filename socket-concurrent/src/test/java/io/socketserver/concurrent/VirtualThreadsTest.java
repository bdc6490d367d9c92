package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.socketserver.api.Connection;
import io.socketserver.api.Dispatcher;
import io.socketserver.api.Server;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryEndpoint;
import io.socketserver.testkit.MemoryOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@Timeout(30)
class VirtualThreadsTest {

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    private static Thread threadOf(Dispatcher dispatcher) throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        try (dispatcher) {
            dispatcher.execute(() -> thread.complete(Thread.currentThread()));
            return thread.get();
        }
    }

    private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
        return (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void withoutThemTheErrorNamesWhatThereIs() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(Dispatchers::virtualThreads)
                .withMessage("virtual threads need Java 21 or later, and this is "
                        + Runtime.version().feature()
                        + ": use Dispatchers.best(), which takes them where they are, or Dispatchers.threads() or"
                        + " Dispatchers.pool()");
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void withoutThemTheBestAreThreads() throws Exception {
        assertThat(threadOf(Dispatchers.best()).getName()).isEqualTo("request-1");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void withThemTheyAreTheBest() throws Exception {
        Thread thread = threadOf(Dispatchers.best());
        assertThat(isVirtual(thread)).isTrue();
        assertThat(thread.getName()).isEqualTo("request-1");
        assertThat(isVirtual(threadOf(Dispatchers.virtualThreads()))).isTrue();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void manyRequestsAreHandledAtTheSameTime() throws Exception {
        int clients = 1000;
        CyclicBarrier allAtOnce = new CyclicBarrier(clients + 1);
        MemoryEndpoint endpoint =
                MemoryEndpoint.bind("many", MemoryOptions.defaults().backlog(clients));
        try (Server<Connection> server = Server.on(endpoint)
                .dispatch(Dispatchers.virtualThreads(ThreadOptions.defaults().name("light")))
                .handle(connection -> allAtOnce.await())
                .start()) {
            for (int i = 0; i < clients; i++) {
                endpoint.connect().close();
            }
            allAtOnce.await();
            server.shutdown();
        }
    }
}
