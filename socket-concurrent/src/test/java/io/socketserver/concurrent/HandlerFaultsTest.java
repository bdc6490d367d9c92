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
import java.util.ArrayList;
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
    private static final int CROWD = 20;

    /** How many fail for one that does not. */
    private static final int FAILING = 5;

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

    private Connection askToFail() throws Exception {
        Connection failing = ask("fail\nthe rest of what it sent");
        failing.shutdownOutput();
        return failing;
    }

    /** Many at once, since they wait less than one by one; some of those beside whom they fail do not. */
    private void assertLosesOnlyThoseOfACrowdThatFail() throws Exception {
        List<Connection> failing = new ArrayList<>();
        List<Connection> healthy = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            failing.add(askToFail());
            if (i % FAILING == 0) {
                healthy.add(ask("go on"));
            }
        }
        for (Connection connection : failing) {
            try (connection) {
                assertThat(connection.readLine()).as("it is closed").isNull();
            }
        }
        for (Connection connection : healthy) {
            assertIsServed(connection);
        }
    }

    private void assertServesOthers() throws Exception {
        assertIsServed(ask("go on"));
    }

    private static void assertIsServed(Connection connection) throws Exception {
        try (connection) {
            assertThat(connection.readLine()).isEqualTo("well");
            assertThat(connection.readLine()).as("it has ended").isNull();
        }
    }

    @ParameterizedTest(name = "{1}, {0}")
    @MethodSource("eachFaultEachWay")
    void onlyItsOwnConnectionIsLost(Way way, Fault fault) throws Exception {
        boolean due = fault.isDue(way);
        Way.Task task = orAsIsDue((connection, line, answers) -> fault.commit(connection));
        try (var server = way.complete(onEndpoint(), task).start()) {
            for (int i = 0; i < TIMES; i += CROWD) {
                assertLosesOnlyThoseOfACrowdThatFail();
            }
            int all = TIMES + TIMES / FAILING;
            assertThat(server.drain(GRACE).completed()).isEqualTo(all);
            assertThat(server.statistics().failed()).isEqualTo(due ? TIMES : 0);
            assertThat(server.statistics().completed()).isEqualTo(due ? all - TIMES : all);
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
