package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
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
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a handler does costs its own connection and no other, under every strategy alike, however often; a
 * handler of messages is no different. */
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

    static List<Way> ways() {
        return Way.available();
    }

    static Stream<Arguments> eachFaultEachWay() {
        return ways().stream().flatMap(way -> Arrays.stream(Fault.values()).map(fault -> Arguments.of(way, fault)));
    }

    private MemoryEndpoint bind() {
        return MemoryEndpoint.bind("faults", MemoryOptions.defaults().time(time));
    }

    private ServerBuilder<Connection> onEndpoint() {
        return Server.on(endpoint).time(time).onError((request, failure) -> {
            told.incrementAndGet();
            // As whoever catches it in a thread of its own is taught to do.
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Serves well who asks for that, and notes an interrupt that was not meant for it. */
    private Way.Task orAsIsDue(Way.Task faulty) {
        return (connection, line, answers) -> {
            if (Thread.currentThread().isInterrupted()) {
                leaked.incrementAndGet();
            }
            if (line.equals("fail")) {
                faulty.handle(connection, line, answers);
            } else {
                answers.send("well");
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

    @ParameterizedTest(name = "{1}, {0}")
    @MethodSource("eachFaultEachWay")
    void onlyItsOwnConnectionIsLost(Way way, Fault fault) throws Exception {
        boolean due = fault.isDue(way);
        Way.Task task = orAsIsDue((connection, line, answers) -> fault.commit(connection));
        try (var server = way.complete(onEndpoint(), task).start()) {
            for (int i = 0; i < TIMES; i++) {
                try (Connection failing = ask("fail\nthe rest of what it sent")) {
                    failing.shutdownOutput();
                    assertThat(failing.readLine()).as("it is closed").isNull();
                }
                assertServesOthers();
            }
            assertThat(server.drain(GRACE).completed()).isEqualTo(2 * TIMES);
            assertThat(server.statistics().failed()).isEqualTo(due ? TIMES : 0);
            assertThat(server.statistics().completed()).isEqualTo(due ? TIMES : 2 * TIMES);
        }
        assertThat(told).as("told once each").hasValue(due ? TIMES : 0);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void onlyThoseThatBlockForEverAreCutOff(Way way) throws Exception {
        Way.Task task = orAsIsDue((connection, line, answers) -> {
            begun.release();
            new CountDownLatch(1).await();
        });
        var parts = onEndpoint().limits(Limits.none().requestDeadline(LIMIT));
        try (var server = way.complete(parts, task).start()) {
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

    @ParameterizedTest
    @MethodSource("ways")
    void whoClosesTheServerEndsWell(Way way) throws Exception {
        Way.Task task = orAsIsDue((connection, line, answers) -> {
            connection.server().orElseThrow().close();
            answers.send("closed");
        });
        for (int i = 0; i < TIMES; i++) {
            endpoint = bind();
            var server = way.complete(onEndpoint(), task).start();
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
