package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Dispatcher;
import io.socketserver.api.Server;
import io.socketserver.api.Server.State;
import io.socketserver.testkit.ServerContainmentTest.OwnThrowable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that a predicate or a dispatcher does not take. */
@Timeout(20)
class ServerRefusalTest extends ServerFixture {

    private void assertServes(Server<?> server) throws Exception {
        assertThat(ask("hello")).isEqualTo("hello");
        assertThat(server.state()).isEqualTo(State.SERVING);
    }

    @Test
    void aRequestThatIsNotAdmittedIsClosed() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (var server = on().admitting(connection -> asked.incrementAndGet() > 1)
                .handle(ECHO)
                .start()) {
            try (Connection client = endpoint.connect()) {
                assertThat(client.readLine()).isNull();
            }
            assertServes(server);
            seen.await("ended");
        }
        assertThat(seen.events()).startsWith("NEW -> SERVING", "refused NOT_ADMITTED", "accepted", "ended");
    }

    static List<Throwable> predicateFailures() {
        return List.of(new IllegalStateException(), new AssertionError(), new OutOfMemoryError(), new OwnThrowable());
    }

    @ParameterizedTest
    @MethodSource("predicateFailures")
    void aPredicateThatFailsRefuses(Throwable failure) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (var server = on().admitting(connection -> {
                    if (asked.incrementAndGet() == 1) {
                        throw ServerContainmentTest.<RuntimeException>sneaky(failure);
                    }
                    return true;
                })
                .handle(ECHO)
                .start()) {
            try (Connection client = endpoint.connect()) {
                assertThat(client.readLine()).isNull();
            }
            assertServes(server);
            seen.await("ended");
        }
        assertThat(seen.events()).startsWith("NEW -> SERVING", "refused NOT_ADMITTED", "accepted", "ended");
        assertThat(log.messages()).singleElement().asString().contains("the predicate failed");
        log.messages().clear();
    }

    /** A dispatcher that fails at its first task. */
    private static final class Failing extends Strategy.Threads {

        private final Throwable failure;
        private final AtomicInteger tasks = new AtomicInteger();

        Failing(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public void execute(Runnable task) {
            if (tasks.incrementAndGet() == 1) {
                throw ServerContainmentTest.<RuntimeException>sneaky(failure);
            }
            super.execute(task);
        }
    }

    static List<Throwable> dispatcherFailures() {
        return List.of(
                new RejectedExecutionException("full"),
                new OutOfMemoryError("unable to create native thread"),
                new OwnThrowable());
    }

    @ParameterizedTest
    @MethodSource("dispatcherFailures")
    void aRequestThatItsDispatcherRejectsIsClosed(Throwable failure) throws Exception {
        var server = on().dispatch(new Failing(failure)).handle(ECHO).start();
        try (server) {
            try (Connection client = endpoint.connect()) {
                assertThat(client.readLine()).isNull();
            }
            assertServes(server);
        }
        assertThat(seen.events())
                .startsWith(
                        "NEW -> SERVING",
                        "accepted",
                        "refused REJECTED",
                        "failed " + failure.getClass().getSimpleName(),
                        "ended");
        assertThat(server.drain(Duration.ZERO).completed()).isEqualTo(2);
    }

    @Test
    void aDispatcherThatFailsAfterItTookTheRequestDoesNoHarm() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Dispatcher late = new Strategy.Threads() {
            @Override
            public void execute(Runnable task) {
                super.execute(task);
                try {
                    running.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IllegalStateException("late");
            }
        };
        try (var server = on().dispatch(late)
                .handle(connection -> {
                    running.countDown();
                    connection.writeLine(connection.readLine());
                })
                .start()) {
            assertServes(server);
        }
        assertThat(seen.events()).doesNotContain("refused REJECTED");
        assertThat(log.messages()).singleElement().asString().startsWith("connection ");
        log.messages().clear();
    }

    @Test
    void aDispatcherThatRunsARequestTwiceRunsItOnce() throws Exception {
        Dispatcher twice = new Strategy.Threads() {
            @Override
            public void execute(Runnable task) {
                super.execute(task);
                super.execute(task);
            }
        };
        try (var server = on().dispatch(twice).handle(ECHO).start()) {
            assertServes(server);
            seen.await("ended");
        }
        assertThat(seen.count("ended")).isOne();
    }
}
