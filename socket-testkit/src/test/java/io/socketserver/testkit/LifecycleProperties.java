package io.socketserver.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.DrainReport;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.Server.State;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever several threads and handlers do to a server at once, it keeps its promises. */
class LifecycleProperties {

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int WATCHDOG = 20;

    enum Operation {
        START,
        SERVE_ONE,
        PAUSE,
        RESUME,
        CONNECT,
        ASK_TO_PAUSE,
        ASK_TO_RESUME,
        ASK_TO_SHUTDOWN,
        ASK_TO_DRAIN,
        ASK_TO_CLOSE,
        ASK_TO_FAIL,
        SHUTDOWN,
        DRAIN,
        CLOSE
    }

    /** Counts, and notes every state it sees. */
    private static final class Census implements Observer {

        private final AtomicInteger accepted = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();
        private final Map<String, AtomicInteger> transitions = new ConcurrentHashMap<>();

        @Override
        public void accepted(Request request) {
            accepted.incrementAndGet();
        }

        @Override
        public void ended(Request request) {
            ended.incrementAndGet();
        }

        @Override
        public void stateChanged(Server<?> server, State from, State to) {
            transitions
                    .computeIfAbsent(from + " -> " + to, key -> new AtomicInteger())
                    .incrementAndGet();
        }

        int count(State from, State to) {
            AtomicInteger count = transitions.get(from + " -> " + to);
            return count == null ? 0 : count.get();
        }
    }

    private static void handle(Connection connection) throws Exception {
        String line = connection.readLine();
        if (line != null) {
            perform(Operation.valueOf(line), connection.server().orElseThrow());
            connection.writeLine("done");
        }
    }

    private static void perform(Operation operation, Server<?> server) throws IOException {
        switch (operation) {
            case START -> {
                try {
                    server.start();
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageStartingWith("start() needs a server");
                }
            }
            case SERVE_ONE -> {
                try {
                    server.serveOne(Duration.ZERO);
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageStartingWith("serveOne() needs a server");
                }
            }
            case PAUSE, ASK_TO_PAUSE -> server.pause();
            case RESUME, ASK_TO_RESUME -> server.resume();
            case SHUTDOWN, ASK_TO_SHUTDOWN -> server.shutdown();
            case DRAIN, ASK_TO_DRAIN -> server.drain(GRACE);
            case CLOSE, ASK_TO_CLOSE -> server.close();
            case ASK_TO_FAIL -> throw new IllegalStateException("asked to");
            case CONNECT -> {}
        }
    }

    private static void run(List<Operation> operations, Server<?> server, MemoryEndpoint endpoint) throws IOException {
        List<Connection> clients = new ArrayList<>();
        State last = server.state();
        for (Operation operation : operations) {
            if (operation == Operation.CONNECT || operation.name().startsWith("ASK")) {
                connect(operation, endpoint, clients);
            } else {
                perform(operation, server);
            }
            State now = server.state();
            assertThat(oneWay(now)).isGreaterThanOrEqualTo(oneWay(last));
            last = now;
        }
        for (Connection client : clients) {
            client.close();
        }
    }

    private static void connect(Operation operation, MemoryEndpoint endpoint, List<Connection> clients)
            throws IOException {
        try {
            Connection client = endpoint.connect();
            clients.add(client);
            client.writeLine(operation.name());
        } catch (ConnectException | DisconnectedException e) {
            assertThat(e.getMessage()).containsAnyOf("refused", "full", "is gone");
        }
    }

    // SERVING and PAUSED go back and forth.
    private static State oneWay(State state) {
        return state == State.PAUSED ? State.SERVING : state;
    }

    @Property(tries = 300)
    void aServerKeepsItsPromises(
            @ForAll Strategy strategy, @ForAll @Size(min = 2, max = 3) List<@Size(max = 8) List<Operation>> threads)
            throws Exception {
        LeakCheck leaks = LeakCheck.begin();
        MemoryEndpoint endpoint = MemoryEndpoint.bind();
        Census census = new Census();
        AtomicInteger failures = new AtomicInteger();
        Server<Connection> server = Server.on(endpoint)
                .dispatch(strategy.create())
                .observe(census)
                .onError((request, failure) -> {
                    if (failure.getMessage() == null || !failure.getMessage().equals("asked to")) {
                        failures.incrementAndGet();
                    }
                })
                .handle(LifecycleProperties::handle);
        List<FutureTask<Boolean>> running = new ArrayList<>();
        for (List<Operation> operations : threads) {
            running.add(begin(() -> run(operations, server, endpoint)));
        }
        for (FutureTask<Boolean> task : running) {
            await(task);
        }
        FutureTask<Boolean> last = begin(() -> {
            DrainReport report = server.drain(GRACE);
            assertThat(report.completed() + report.closedAtGrace() + report.abandoned())
                    .isEqualTo(census.accepted.get());
            assertThat(report.closedAtGrace() + report.abandoned()).isZero();
            server.close();
            assertThat(server.drain(GRACE).completed()).isEqualTo(report.completed());
        });
        await(last);
        leaks.assertNone();
        assertThat(server.state()).isEqualTo(State.CLOSED);
        assertThat(census.ended).hasValue(census.accepted.get());
        assertThat(census.count(State.DRAINING, State.CLOSED)).isOne();
        assertThat(census.count(State.NEW, State.DRAINING)
                        + census.count(State.SERVING, State.DRAINING)
                        + census.count(State.PAUSED, State.DRAINING))
                .isOne();
        assertThat(census.count(State.NEW, State.SERVING)).isLessThanOrEqualTo(1);
    }

    private static FutureTask<Boolean> begin(Async.Body body) {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            body.run();
            return true;
        });
        new Thread(task, "operations").start();
        return task;
    }

    private static void await(FutureTask<Boolean> task) throws Exception {
        try {
            assertThat(task.get(WATCHDOG, SECONDS)).isTrue();
        } catch (TimeoutException e) {
            throw new AssertionError("stuck:\n" + dump(), e);
        }
    }

    private static String dump() {
        return Thread.getAllStackTraces().entrySet().stream()
                .map(entry -> entry.getKey() + "\n    "
                        + List.of(entry.getValue()).stream()
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining("\n    ")))
                .collect(Collectors.joining("\n"));
    }
}
