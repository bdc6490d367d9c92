package io.socketserver.testkit.contract;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run of a contract: bounded in time, and what it has opened and started ends with it. */
final class Scope {

    private final Duration limit;
    private final Threads threads;
    private final Deque<Closeable> open = new ConcurrentLinkedDeque<>();
    private final Queue<Task<?>> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Error> broken = new AtomicReference<>();

    Scope(Duration limit, Threads threads) {
        this.limit = limit;
        this.threads = threads;
    }

    /** Closes it at the end, the last first. */
    <C extends Closeable> C own(C resource) {
        open.push(resource);
        return resource;
    }

    /** Closes it now instead of at the end. */
    void close(Closeable resource) throws IOException {
        open.remove(resource);
        resource.close();
    }

    /** Does something on another thread; an exception is for whoever joins it, an error ends the contract. */
    <T> Task<T> start(Callable<T> body) {
        Error before = broken.get();
        Task<T> task = new Task<>(threads, Integer.toString(tasks.size()), () -> {
            try {
                return body.call();
            } catch (Error e) {
                // The others may wait for what will never come now.
                broken.compareAndSet(null, e);
                interruptAll();
                throw e;
            }
        });
        tasks.add(task);
        // It has begun already: what it has started may have broken before it could be interrupted with the others.
        if (broken.get() != before) {
            task.interrupt();
        }
        return task;
    }

    Task<Boolean> run(Check.Operation body) {
        return start(() -> {
            body.run();
            return true;
        });
    }

    /** Runs a contract's body to its end; returns how it failed. */
    @Nullable
    Throwable run(Contract.Body body) {
        Throwable failure = inTime(() -> body.run(this), "it did not come to its end");
        if (failure != null) {
            // What blocks is broken, so that closing it may do nothing, or block too.
            interruptAll();
        }
        Throwable unclosed = inTime(this::closeAll, "what it had opened could not be closed");
        Throwable unended = endTasks();
        Throwable afterwards = unclosed == null ? unended : unclosed;
        if (failure == null || failure == afterwards) {
            return afterwards;
        }
        if (afterwards != null) {
            failure.addSuppressed(afterwards);
        }
        return failure;
    }

    // On a thread of its own, since what is broken may block for ever, and not heed an interrupt either.
    private @Nullable Throwable inTime(Check.Operation part, String otherwise) {
        Task<Boolean> task = run(part);
        try {
            Throwable failure = task.ended(limit) ? task.failure().orElse(null) : tooLong(otherwise);
            Error first = broken.get();
            return first == null ? failure : first;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        }
    }

    private AssertionError tooLong(String otherwise) {
        String stacks =
                tasks.stream().filter(task -> !task.ended()).map(Task::stack).collect(Collectors.joining("\n"));
        AssertionError error = new AssertionError(otherwise + " within " + limit.toMillis() + " ms:\n" + stacks);
        // One of them may be why.
        tasks.forEach(task -> task.failure().ifPresent(error::addSuppressed));
        return error;
    }

    private void interruptAll() {
        tasks.forEach(Task::interrupt);
    }

    private void closeAll() throws IOException {
        IOException failure = null;
        for (Closeable resource = open.poll(); resource != null; resource = open.poll()) {
            try {
                resource.close();
            } catch (IOException e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    // All have ended by now, unless something is broken: what they worked on is closed.
    private @Nullable Throwable endTasks() {
        Throwable failure = null;
        for (Task<?> task : tasks) {
            try {
                if (!task.ended(limit)) {
                    failure = new AssertionError("it does not end although all is closed: " + task.stack());
                    task.interrupt();
                    task.ended(limit);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return e;
            }
        }
        return failure;
    }
}
