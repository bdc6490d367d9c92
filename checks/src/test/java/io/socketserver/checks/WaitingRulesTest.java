package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Tests, and what the testkit does for them, wait for what happens, and never for time to pass. A bound on how long
 * they wait is a bound beyond which they fail.
 */
class WaitingRulesTest {
    /** Who lets time pass all the same, each with what nothing but time can show or be. */
    private static final Map<String, String> ALLOWED = Map.of(
            "io.socketserver.concurrent.model.HurriedTime", "is a source of time",
            "io.socketserver.testkit.LeakCheck", "gives threads time to end, and fails when they have not",
            "io.socketserver.testkit.contract.Task", "lets others run, of whose progress nothing tells",
            "io.socketserver.testkit.LoopWatchTest", "has a handler that parks caught, and wakes it",
            "io.socketserver.samples.command.DescriptorLimitTest", "measures processor time while nothing happens",
            "io.socketserver.samples.command.DrainUnderFireTest",
                    "has a handler that takes its time, in another process",
            "io.socketserver.samples.command.RunningServe", "interrupts again, until one is for the server",
            "io.socketserver.samples.command.SlowClientsTest", "is a client that comes again after a pause");

    /** What lets time pass, whatever else may end it. */
    private static final Map<Class<?>, Set<String>> TIME = Map.of(
            Thread.class, Set.of("sleep"),
            TimeUnit.class, Set.of("sleep", "timedJoin", "timedWait"),
            LockSupport.class, Set.of("parkNanos", "parkUntil"),
            Condition.class, Set.of("awaitNanos", "awaitUntil"),
            CompletableFuture.class, Set.of("delayedExecutor", "completeOnTimeout"),
            ScheduledExecutorService.class, Set.of("schedule", "scheduleAtFixedRate", "scheduleWithFixedDelay"));

    /** What does so when it is told how long. */
    private static final Map<Class<?>, String> TIME_IF_TOLD =
            Map.of(Thread.class, "join", Object.class, "wait", Condition.class, "await");

    private static final Set<String> SHORT_UNITS = Set.of("NANOSECONDS", "MICROSECONDS", "MILLISECONDS");

    /** In what javap prints: a wait that returns whether it was in time, and that nobody looks at it. */
    private static final Pattern UNHEEDED = Pattern.compile(
            "Method (\\S+\\.(?!get:|exchange:)\\w+):\\([^)]*Ljava/util/concurrent/TimeUnit;\\)[ZL].*\\R\\s*\\d+: pop");

    private static final JavaClasses TESTS = new ClassFileImporter().importPaths(folders());

    @Test
    void onlyAFewLetTimePass() {
        Map<String, Set<String>> found = new TreeMap<>();
        for (JavaClass test : TESTS) {
            for (JavaAccess<?> access : test.getAccessesFromSelf()) {
                if (letsTimePass(access)) {
                    String type = outermost(test);
                    found.computeIfAbsent(type, name -> new TreeSet<>()).add(access.getDescription());
                }
            }
        }
        assertThat(found.keySet()).as("with those allowed").containsAll(ALLOWED.keySet());
        found.keySet().removeAll(ALLOWED.keySet());
        assertThat(found)
                .as("wait for an event instead, or give a reason in ALLOWED")
                .isEmpty();
    }

    @Test
    void aBoundOfLessThanASecondIsNoBound() {
        List<String> found = TESTS.stream()
                .flatMap(test -> test.getCodeUnits().stream())
                .filter(code -> calls(code, WaitingRulesTest::hasABound) && countsInShortUnits(code))
                // What was given as a duration is for who gave it to answer for.
                .filter(code -> !calls(code, call -> call.getTargetOwner().isEquivalentTo(Duration.class)))
                .map(JavaCodeUnit::getFullName)
                .toList();
        assertThat(found)
                .as("whoever reaches a bound fails, so it has to be generous")
                .isEmpty();
    }

    @Test
    void whoReachesABoundNotices() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-c", "-p"));
        for (Path folder : folders()) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.map(Path::toString)
                        .filter(name -> name.endsWith(".class"))
                        .forEach(arguments::add);
            }
        }
        Matcher unheeded = UNHEEDED.matcher(Product.tool("javap", arguments));
        assertThat(unheeded.results().map(result -> result.group(1)))
                .as("waits whose result is dropped")
                .isEmpty();
    }

    private static boolean letsTimePass(JavaAccess<?> access) {
        return TIME.entrySet().stream()
                        .anyMatch(entry -> access.getTargetOwner().isAssignableTo(entry.getKey())
                                && entry.getValue().contains(access.getTarget().getName()))
                || TIME_IF_TOLD.entrySet().stream()
                        .anyMatch(entry -> access.getTargetOwner().isAssignableTo(entry.getKey())
                                && entry.getValue().equals(access.getTarget().getName())
                                && !access.getTarget().getFullName().endsWith("()"));
    }

    private static boolean calls(JavaCodeUnit code, Predicate<JavaMethodCall> which) {
        return code.getMethodCallsFromSelf().stream().anyMatch(which);
    }

    private static boolean countsInShortUnits(JavaCodeUnit code) {
        return code.getFieldAccesses().stream()
                .anyMatch(access -> access.getTargetOwner().isEquivalentTo(TimeUnit.class)
                        && SHORT_UNITS.contains(access.getTarget().getName()));
    }

    private static boolean hasABound(JavaAccess<?> call) {
        return call.getTarget().getFullName().endsWith("java.util.concurrent.TimeUnit)");
    }

    private static String outermost(JavaClass test) {
        return test.getName().replaceFirst("\\$.*", "");
    }

    private static List<Path> folders() {
        Stream<Path> tests = Stream.concat(
                        Product.PUBLISHED.stream(), Stream.of("samples", "time-server", "checks", "benchmarks"))
                .map(module -> Product.target(module).resolve("test-classes"));
        Path contracts = Product.target("socket-testkit").resolve("classes");
        return Stream.concat(tests, Stream.of(contracts)).filter(Files::exists).toList();
    }
}
