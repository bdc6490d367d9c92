package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what a test has left behind: threads that still live and, on Linux, sockets and files that are still open.
 *
 * <pre>{@code
 * private final LeakCheck leaks = LeakCheck.begin();
 *
 * @AfterEach
 * void leavesNothing() {
 *     leaks.assertNone();
 * }
 * }</pre>
 *
 * <p>It sees the whole process, so tests that use it must not run at the same time. Threads of the runtime itself and
 * of the test framework do not count, nor those {@linkplain #begin(String...) named}, nor virtual threads, which nothing
 * lists. On JDK 21 and later selectors do not count either, since virtual threads have some of their own. Nor does the socket
 * that the runtime opens when something attaches to the process, a mocking library or {@code jstack} say.
 */
public final class LeakCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** The runtime closes the pipes of a process a moment after it has told of its end. */
    private static final Duration CLOSING = Duration.ofMillis(200);

    private static final List<String> HARMLESS = List.of("junit-", "surefire-", "CompletableFutureDelayScheduler");
    /** Of the thread of a pool that looks after time-outs, those of futures among them, since JDK 25. */
    private static final String DELAYS = "-delayScheduler";

    private final List<String> harmless;
    private final ThreadGroup group;
    private final Set<Thread> threads;
    private final Set<String> descriptors;

    private LeakCheck(List<String> mayStay) {
        harmless = Stream.concat(HARMLESS.stream(), mayStay.stream()).toList();
        group = Thread.currentThread().getThreadGroup();
        threads = Set.copyOf(live());
        descriptors = Descriptors.open();
    }

    /**
     * Takes note of what is there before a test.
     *
     * @return the check to complete after it
     */
    public static LeakCheck begin() {
        return new LeakCheck(List.of());
    }

    /**
     * Takes note of what is there before a test, and of which threads may stay after it, such as those of a library.
     *
     * @param mayStay names of threads, or what their names begin with; not empty
     * @return the check to complete after the test
     * @throws IllegalArgumentException if one of them is empty, which would be any thread
     */
    public static LeakCheck begin(String... mayStay) {
        if (List.of(mayStay).contains("")) {
            throw new IllegalArgumentException("the name of a thread that may stay must not be empty");
        }
        return new LeakCheck(List.of(mayStay));
    }

    /**
     * Checks that no more is there than before; blocks for at most 5 s while threads come to their end, and for a moment
     * while descriptors are closed.
     *
     * @throws AssertionError if something is; the message names it, threads with their stack
     */
    public void assertNone() {
        assertNone(PATIENCE);
    }

    /**
     * Checks that no more is there than before.
     *
     * @param patience how long to block at most while threads come to their end
     * @throws AssertionError if something is; the message names it, threads with their stack
     */
    public void assertNone(Duration patience) {
        List<String> leaks = new ArrayList<>();
        for (Thread thread : remaining(patience)) {
            leaks.add("thread '" + thread.getName() + "' is " + thread.getState() + stack(thread));
        }
        for (String descriptor : opened(patience)) {
            leaks.add("descriptor " + descriptor + " is open");
        }
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " left behind:\n" + String.join("\n", leaks));
        }
    }

    private List<Thread> remaining(Duration patience) {
        TimeSource time = TimeSource.system();
        long deadline = Deadline.of(time, patience);
        List<Thread> left = new ArrayList<>(live());
        left.removeAll(threads);
        try {
            for (Thread thread : left) {
                // At least 1: join(0) would wait without end.
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - time.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        left.removeIf(thread -> !thread.isAlive());
        return left;
    }

    private Set<String> opened(Duration patience) {
        TimeSource time = TimeSource.system();
        long deadline = Deadline.of(time, patience.compareTo(CLOSING) < 0 ? patience : CLOSING);
        Set<String> opened = openedNow();
        while (!opened.isEmpty() && time.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            opened = openedNow();
        }
        return opened;
    }

    private Set<String> openedNow() {
        Set<String> opened = new TreeSet<>(Descriptors.open());
        opened.removeAll(descriptors);
        return opened;
    }

    private Collection<Thread> live() {
        return LiveThreads.all().stream().filter(this::counts).collect(Collectors.toSet());
    }

    // The runtime's own threads are outside of the group that tests run in, and of that of virtual threads, in which
    // those are that a virtual thread has started.
    private boolean counts(Thread thread) {
        ThreadGroup home = thread.getThreadGroup();
        return home != null
                && (group.parentOf(home) || home.getName().equals("VirtualThreads"))
                && thread != Thread.currentThread()
                && !thread.getName().endsWith(DELAYS)
                // Workers of JUnit's, if it runs tests in parallel.
                && !thread.getClass().getName().startsWith("org.junit.")
                && harmless.stream().noneMatch(thread.getName()::startsWith)
                && !(thread instanceof ForkJoinWorkerThread worker && worker.getPool() == ForkJoinPool.commonPool());
    }

    private static String stack(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
    }
}
