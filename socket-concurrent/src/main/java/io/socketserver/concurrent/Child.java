package io.socketserver.concurrent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process that was started for a request, and how it is brought to its end. */
final class Child {

    /** How long whoever is asked to end may take for it. */
    static final Duration GRACE = Duration.ofMillis(100);

    static final String CLOSED = "its handler was closed";

    private final Process process;
    private final String name;
    private final AtomicReference<@Nullable String> reason = new AtomicReference<>();
    private final CountDownLatch answered = new CountDownLatch(1);

    private Child(Process process, String name) {
        this.process = process;
        this.name = name;
    }

    static Child start(String program, ProcessBuilder builder) throws IOException {
        return of(program, builder.start());
    }

    static Child of(String program, Process process) {
        return new Child(process, Path.of(program).getFileName() + " (pid " + process.pid() + ")");
    }

    OutputStream stdin() {
        return process.getOutputStream();
    }

    /** Ends its input; what it did not take is lost. */
    void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended.
            return;
        }
    }

    InputStream stdout() {
        return process.getInputStream();
    }

    InputStream stderr() {
        return process.getErrorStream();
    }

    boolean alive() {
        return process.isAlive();
    }

    boolean awaitExit(Duration limit) throws InterruptedException {
        return process.waitFor(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
    }

    /** All of its answer was taken, or no more of it is. */
    void answered() {
        answered.countDown();
    }

    /** Waits for the end of its answer, not of its output: whoever else has that may keep it open for ever. */
    boolean awaitAnswered(Duration limit) throws InterruptedException {
        return answered.await(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
    }

    /** Once it has exited. */
    int exitStatus() {
        return process.exitValue();
    }

    /** Why this process has ended it, or given up its request; null if it did not. */
    @Nullable
    String reason() {
        return reason.get();
    }

    /** Ends it and its descendants, see {@link #end}. */
    void endBecause(String why) {
        endBecause(List.of(this), why);
    }

    static void endBecause(Collection<Child> children, String why) {
        children.forEach(child -> child.reason.compareAndSet(null, why));
        try {
            end(children);
        } finally {
            children.forEach(Child::answered);
        }
    }

    /** Ends children and their descendants: asks all of them, waits a little, forces those that are left. Idempotent. */
    static void end(Collection<Child> children) {
        // Who was interrupted before leaves them their time all the same.
        boolean interrupted = Thread.interrupted();
        try {
            // Seen now, since who has lost its parent is no descendant any more. Of one that has exited the number
            // may be another's by now, and so would be the descendants.
            List<ProcessHandle> families = children.stream()
                    .filter(Child::alive)
                    .map(child -> child.process.toHandle())
                    .flatMap(Child::family)
                    .toList();
            families.forEach(ProcessHandle::destroy);
            interrupted |= awaitExits(children);
            families.stream()
                    .filter(ProcessHandle::isAlive)
                    .flatMap(Child::family)
                    .forEach(ProcessHandle::destroyForcibly);
            interrupted |= awaitExits(children);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends children that nobody talks to, and closes what leads to them, which the runtime would do some time later. */
    static void discard(Collection<Child> children) {
        try {
            end(children);
        } finally {
            for (Child child : children) {
                child.endInput();
                close(child.stdout());
                close(child.stderr());
            }
        }
        // It takes descriptors to end one, and there are more of them now.
        end(children);
    }

    private static void close(InputStream output) {
        try {
            output.close();
        } catch (IOException e) {
            Log.log(Level.DEBUG, "a child's output was closed with a failure", e);
        }
    }

    private static Stream<ProcessHandle> family(ProcessHandle parent) {
        return Stream.concat(Stream.of(parent), descendants(parent));
    }

    private static Stream<ProcessHandle> descendants(ProcessHandle parent) {
        try {
            return parent.descendants();
        } catch (RuntimeException e) {
            // There may be no descriptor to look for them with; the parent has to end all the same.
            return Stream.empty();
        }
    }

    // Returns whether it was interrupted, which ends the patience and nothing else.
    private static boolean awaitExits(Collection<Child> children) {
        Countdown grace = new Countdown(GRACE);
        try {
            for (Child child : children) {
                child.awaitExit(grace.left());
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
