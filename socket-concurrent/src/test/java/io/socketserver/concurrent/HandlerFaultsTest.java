package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Dispatcher;
import io.socketserver.api.Handler;
import io.socketserver.api.Limits;
import io.socketserver.api.Server;
import io.socketserver.api.Server.State;
import io.socketserver.api.ServerBuilder;
import io.socketserver.api.TimeLimit;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryEndpoint;
import io.socketserver.testkit.MemoryOptions;
import io.socketserver.testkit.VirtualTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a handler does costs its own connection and no other, under every strategy alike, however often. */
@Timeout(60)
class HandlerFaultsTest {

    private static final int TIMES = 1000;
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final LeakCheck leaks = LeakCheck.begin();
    private final VirtualTime time = new VirtualTime();
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicInteger leaked = new AtomicInteger();
    private final Semaphore begun = new Semaphore(0);
    private MemoryEndpoint endpoint = bind();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
        assertThat(leaked).as("interrupts that reached another request").hasValue(0);
    }

    static Map<String, Supplier<Dispatcher>> strategies() {
        Map<String, Supplier<Dispatcher>> strategies = new LinkedHashMap<>();
        strategies.put("sequential", Dispatcher::sequential);
        strategies.put("threads", Dispatchers::threads);
        strategies.put("pool", () -> Dispatchers.pool(1));
        if (VirtualThreads.available()) {
            strategies.put("virtual threads", Dispatchers::virtualThreads);
        }
        return strategies;
    }

    static Stream<Arguments> eachStrategy() {
        return strategies().entrySet().stream().map(strategy -> Arguments.of(strategy.getKey(), strategy.getValue()));
    }

    static Stream<Arguments> eachFaultUnderEachStrategy() {
        return eachStrategy()
                .flatMap(strategy -> Arrays.stream(Fault.values())
                        .map(fault -> Arguments.of(strategy.get()[0], strategy.get()[1], fault)));
    }

    private MemoryEndpoint bind() {
        return MemoryEndpoint.bind("faults", MemoryOptions.defaults().time(time));
    }

    private ServerBuilder<Connection> on(Supplier<Dispatcher> strategy) {
        return Server.on(endpoint).time(time).dispatch(strategy.get()).onError((request, failure) -> {
            told.incrementAndGet();
            // As whoever catches it in a thread of its own is taught to do.
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Serves well who asks for that, and notes an interrupt that was not meant for it. */
    private Handler<Connection> orAsIsDue(Handler<Connection> faulty) {
        return connection -> {
            if (Thread.currentThread().isInterrupted()) {
                leaked.incrementAndGet();
            }
            if ("fail".equals(connection.readLine())) {
                faulty.handle(connection);
            } else {
                connection.writeLine("well");
            }
        };
    }

    private Connection ask(String line) throws Exception {
        Connection client = endpoint.connect();
        client.writeLine(line);
        return client;
    }

    private void assertServesOthers() throws Exception {
        try (Connection healthy = ask("go on")) {
            assertThat(healthy.readLine()).isEqualTo("well");
            assertThat(healthy.readLine()).as("it has ended").isNull();
        }
    }

    @ParameterizedTest(name = "{2} under {0}")
    @MethodSource("eachFaultUnderEachStrategy")
    void onlyItsOwnConnectionIsLost(String name, Supplier<Dispatcher> strategy, Fault fault) throws Exception {
        try (var server = on(strategy).handle(orAsIsDue(fault::commit)).start()) {
            for (int i = 0; i < TIMES; i++) {
                try (Connection failing = ask("fail\nthe rest of what it sent")) {
                    assertThat(failing.readLine()).as("it is closed").isNull();
                }
                assertServesOthers();
            }
            assertThat(server.drain(GRACE).completed()).isEqualTo(2 * TIMES);
            assertThat(server.statistics().failed()).isEqualTo(fault.isDue() ? TIMES : 0);
            assertThat(server.statistics().completed()).isEqualTo(fault.isDue() ? TIMES : 2 * TIMES);
        }
        assertThat(told).as("told once each").hasValue(fault.isDue() ? TIMES : 0);
    }

    @ParameterizedTest(name = "under {0}")
    @MethodSource("eachStrategy")
    void onlyThoseThatBlockForEverAreCutOff(String name, Supplier<Dispatcher> strategy) throws Exception {
        try (var server = on(strategy)
                .limits(Limits.none().requestDeadline(LIMIT))
                .handle(orAsIsDue(connection -> {
                    begun.release();
                    new CountDownLatch(1).await();
                }))
                .start()) {
            for (int i = 0; i < TIMES; i++) {
                try (Connection blocking = ask("fail")) {
                    begun.acquire();
                    time.advance(LIMIT);
                    assertThat(blocking.readLine()).as("it is closed").isNull();
                }
                assertServesOthers();
            }
            assertThat(server.drain(GRACE).completed()).isEqualTo(2 * TIMES);
            assertThat(server.statistics().timedOut(TimeLimit.REQUEST_DEADLINE)).isEqualTo(TIMES);
        }
        assertThat(told).as("it is no failure").hasValue(0);
    }

    @ParameterizedTest(name = "under {0}")
    @MethodSource("eachStrategy")
    void whoClosesTheServerEndsWell(String name, Supplier<Dispatcher> strategy) throws Exception {
        for (int i = 0; i < TIMES; i++) {
            endpoint = bind();
            var server = on(strategy)
                    .handle(orAsIsDue(connection -> {
                        connection.server().orElseThrow().close();
                        connection.writeLine("closed");
                    }))
                    .start();
            assertServesOthers();
            try (Connection closing = ask("fail")) {
                assertThat(closing.readLine()).isEqualTo("closed");
            }
            assertThat(server.state()).isEqualTo(State.CLOSED);
            assertThat(server.drain(GRACE).completed()).isEqualTo(2);
        }
        assertThat(told).as("it is no failure").hasValue(0);
    }
}
