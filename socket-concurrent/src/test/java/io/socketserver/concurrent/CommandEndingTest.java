package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.socketserver.api.Connection;
import io.socketserver.api.Request;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractQueuedSynchronizer.ConditionObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** How many children there are, and how they end before they have come to their own end. */
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class CommandEndingTest {

    /** Tells its own number and that of a child of its own, and lets neither end by being asked. */
    private static final String FAMILY =
            "trap '' TERM; sh -c \"trap '' TERM; echo \\$\\$; exec sleep 1000\" & echo $$; wait; wait";

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
        assertThat(ProcessHandle.current().children()).as("children left").isEmpty();
    }

    @Test
    void neverMoreThanTheMaximumAndTheOthersWait() throws Exception {
        int most = 3;
        try (var handler = command(ProcessOptions.defaults().maxChildren(most), "sh", "-c", "echo begun; cat");
                var served = Served.streams(handler)) {
            List<Connection> begun = new ArrayList<>();
            List<FutureTask<String>> waiting = new ArrayList<>();
            for (int i = 0; i < most; i++) {
                Connection client = served.connect();
                assertThat(client.readLine()).isEqualTo("begun");
                begun.add(client);
            }
            for (int i = most; i < 10; i++) {
                FutureTask<String> exchange = new FutureTask<>(() -> served.exchange(""));
                waiting.add(exchange);
                new Thread(exchange).start();
            }
            awaitAllIn("enter", waiting);
            assertThat(ProcessHandle.current().children()).hasSize(most);
            for (Connection client : begun) {
                client.shutdownOutput();
                assertThat(client.readLine()).isNull();
                client.close();
            }
            for (FutureTask<String> exchange : waiting) {
                assertThat(exchange.get()).isEqualTo("begun\n");
            }
        }
    }

    @Test
    void theDeadlineEndsTheChildAndWhatItHasStarted() throws Exception {
        try (var handler = command(ProcessOptions.defaults().deadline(Duration.ofSeconds(1)), "sh", "-c", FAMILY);
                var served = Served.streams(handler);
                Connection client = served.connect()) {
            List<ProcessHandle> family = family(client);
            assertThat(client.readLine()).as("nothing more").isNull();
            assertThat(served.nextFailure()).hasMessageContaining("was ended: its deadline of PT1S has passed");
            assertEnded(family);
        }
    }

    @Test
    void theDeadlineHoldsForAPeerThatDoesNotRead() throws Exception {
        try (var handler = command(
                        ProcessOptions.defaults().deadline(Duration.ofMillis(300)),
                        "head",
                        "-c",
                        "90000",
                        "/dev/zero");
                var served = Served.streams(handler);
                Connection client = served.connect()) {
            assertThat(client.isOpen()).isTrue();
            assertThat(served.nextFailure()).hasMessageContaining("deadline");
            served.awaitEnded();
        }
    }

    @Test
    void anInterruptEndsTheChildAndWhatItHasStarted() throws Exception {
        try (var handler = command(ProcessOptions.defaults(), "sh", "-c", FAMILY);
                MemoryPair pair = MemoryPair.open()) {
            FutureTask<Void> handling = handle(handler, pair.server());
            Thread thread = new Thread(handling);
            thread.start();
            List<ProcessHandle> family = family(pair.client());
            thread.interrupt();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> handling.get(20, TimeUnit.SECONDS))
                    .withCauseInstanceOf(InterruptedException.class);
            assertEnded(family);
        }
    }

    @Test
    void drainingCutsOffAChildWithItsRequest() throws Exception {
        try (var handler = command(ProcessOptions.defaults(), "sh", "-c", "echo begun; exec sleep 1000");
                var served = Served.streams(handler);
                Connection client = served.connect()) {
            assertThat(client.readLine()).isEqualTo("begun");
            served.server.drain(Duration.ZERO);
            served.awaitEnded();
            assertThat(served.failures).isEmpty();
        }
    }

    @Test
    void whoWaitsForAChildCanBeInterrupted() throws Exception {
        try (var handler = command(ProcessOptions.defaults().maxChildren(1), "sh", "-c", "echo begun; cat");
                var served = Served.streams(handler);
                Connection client = served.connect();
                MemoryPair pair = MemoryPair.open()) {
            assertThat(client.readLine()).isEqualTo("begun");
            FutureTask<Void> handling = handle(handler, pair.server());
            Thread thread = new Thread(handling);
            thread.start();
            thread.interrupt();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> handling.get(20, TimeUnit.SECONDS))
                    .withCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void closingWaitsForChildren() throws Exception {
        var handler = command(ProcessOptions.defaults(), "sh", "-c", "echo begun; cat");
        try (var served = Served.streams(handler);
                Connection client = served.connect()) {
            assertThat(client.readLine()).isEqualTo("begun");
            FutureTask<Void> closing = new FutureTask<>(handler::close, null);
            new Thread(closing).start();
            awaitAllIn("interruptedWhileWaiting", List.of(closing));
            try (Connection late = served.connect()) {
                assertThat(late.readLine()).as("takes no more").isNull();
            }
            assertThat(served.failures.poll(20, TimeUnit.SECONDS)).hasMessageContaining("is closed");
            client.writeLine("to the end");
            assertThat(client.readLine()).isEqualTo("to the end");
            client.shutdownOutput();
            closing.get();
            served.awaitEnded();
            assertThat(served.failures).isEmpty();
        }
    }

    @Test
    void closingEndsChildrenIfTheOptionsSaySo() throws Exception {
        var handler = command(ProcessOptions.defaults().waitOnClose(false), "sh", "-c", FAMILY);
        try (var served = Served.streams(handler);
                Connection client = served.connect()) {
            List<ProcessHandle> family = family(client);
            handler.close();
            assertThat(client.readLine()).isNull();
            assertThat(served.nextFailure()).hasMessageContaining("its handler was closed");
            assertEnded(family);
            handler.close();
        }
    }

    @Test
    void anInterruptWhileClosingEndsTheChildren() throws Exception {
        var handler = command(ProcessOptions.defaults(), "sh", "-c", FAMILY);
        try (var served = Served.streams(handler);
                Connection client = served.connect()) {
            List<ProcessHandle> family = family(client);
            Countdown grace = new Countdown(Child.GRACE);
            Thread.currentThread().interrupt();
            handler.close();
            assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
            assertThat(grace.left()).as("they are asked before").isZero();
            assertThat(served.nextFailure()).hasMessageContaining("its handler was closed");
            assertEnded(family);
        }
    }

    @Test
    void whoLeavesTheFamilyWithTheOutputHoldsTheRequestNoLongerThanTheDeadline() throws Exception {
        try (var handler = command(
                        ProcessOptions.defaults().deadline(Duration.ofMillis(500)),
                        "sh",
                        "-c",
                        "sleep 1000 & echo $!");
                var served = Served.streams(handler);
                Connection client = served.connect()) {
            long pid = Long.parseLong(client.readLine());
            served.awaitEnded();
            assertThat(client.readLine()).isNull();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        }
    }

    @Test
    void whoLeavesTheFamilyWithTheOutputDoesNotHoldARequestThatIsGivenUp() throws Exception {
        var handler = command(
                ProcessOptions.defaults().waitOnClose(false), "sh", "-c", "(sleep 1000 & echo $!); echo left; cat");
        try (var served = Served.streams(handler);
                Connection client = served.connect()) {
            long pid = Long.parseLong(client.readLine());
            assertThat(client.readLine()).isEqualTo("left");
            handler.close();
            assertThat(client.readLine()).isNull();
            assertThat(served.nextFailure()).hasMessageContaining("its handler was closed");
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        }
    }

    /** Returns when all of them wait there: for room for a child, or for the last child to end. */
    private static void awaitAllIn(String method, List<? extends Future<?>> tasks) {
        while (threadsWaitingIn(method) < tasks.size()) {
            assertThat(tasks).noneMatch(Future::isDone);
            Thread.onSpinWait();
        }
    }

    private static long threadsWaitingIn(String method) {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> hasFrame(stack, Children.class.getName(), method)
                        && hasFrame(stack, ConditionObject.class.getName(), "await"))
                .count();
    }

    private static boolean hasFrame(StackTraceElement[] stack, String type, String method) {
        return Stream.of(stack)
                .anyMatch(frame -> frame.getClassName().equals(type)
                        && frame.getMethodName().equals(method));
    }

    private static List<ProcessHandle> family(Connection client) throws Exception {
        List<ProcessHandle> family = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            family.add(ProcessHandle.of(Long.parseLong(client.readLine())).orElseThrow());
        }
        return family;
    }

    private static void assertEnded(List<ProcessHandle> family) throws Exception {
        for (ProcessHandle member : family) {
            // A grandchild is reaped by somebody else, in that one's time.
            boolean zombie = member.info().command().isEmpty();
            if (!zombie) {
                member.onExit().get(10, TimeUnit.SECONDS);
            }
        }
    }

    private static FutureTask<Void> handle(ProcessHandler<Request> handler, Connection connection) {
        return new FutureTask<>(() -> {
            handler.handle(connection);
            return null;
        });
    }

    private static ProcessHandler<Request> command(ProcessOptions options, String... command) {
        return ProcessHandler.command(options, command);
    }
}
