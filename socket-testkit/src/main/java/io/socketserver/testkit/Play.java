package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A script at work: its steps on the caller's thread, the handler on one of its own, and what is told if a step fails. */
final class Play {

    /** What may throw. */
    interface Body {
        void run() throws Throwable;
    }

    /** A step, and what it was called. */
    private record Done(String place, Step step) {
        @Override
        public String toString() {
            return place + ": " + step;
        }
    }

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Scene scene;
    private final Thread thread;
    private final TimeSource time = TimeSource.system();
    private final List<Done> past = new ArrayList<>();
    private Duration limit = Duration.ofSeconds(10);
    private boolean patient;
    private int announced;
    private boolean begun;
    private boolean over;
    private boolean ended;
    private @Nullable Throwable failure;
    private @Nullable String place;

    Play(Scene scene, Body handler) {
        this.scene = scene;
        thread = new Thread(() -> handle(handler), "handler of a script");
        // A script that is not brought to its end must not keep the process.
        thread.setDaemon(true);
    }

    private void handle(Body handler) {
        Throwable thrown = null;
        try {
            handler.run();
        } catch (Throwable t) {
            thrown = t;
        }
        Throwable result = thrown;
        scene.change(() -> {
            failure = result;
            ended = true;
        });
    }

    /** How long the handler may be busy. */
    void limit(Duration duration) {
        limit = duration;
    }

    /** From now on a handler that waits for the peer may still be answered for by other threads. */
    void patient() {
        patient = true;
    }

    /** So many more have announced that they will send something; fewer, if it is negative. */
    void announce(int more) {
        scene.change(() -> announced += more);
    }

    /** What the next steps are called, if not by their numbers. */
    void place(String name) {
        place = name;
    }

    /** Does a step under the lock of the scene; if it fails, says what led to that, and ends the play. */
    void step(Step step, Runnable action) {
        perform(step.toString(), () -> {
            action.run();
            return step;
        });
    }

    /** Does the last step. */
    void last(Step step, Runnable action) {
        step(step, () -> {
            action.run();
            over = true;
        });
    }

    /** Takes what has come when the handler has ended or waits for the peer. */
    byte[] take(Supplier<byte[]> action) {
        Step step = perform("server> anything", () -> {
            settle();
            return new Step.Expect(action.get());
        });
        return ((Step.Expect) step).bytes();
    }

    private Step perform(String what, Supplier<Step> action) {
        scene.lock.lock();
        try {
            if (over) {
                throw new IllegalStateException("the script has ended, or a step of it has failed");
            }
            if (!begun) {
                begun = true;
                thread.start();
            }
            String name = place == null ? "step " + (past.size() + 1) : place;
            try {
                Step done = action.get();
                past.add(new Done(name, done));
                return done;
            } catch (AssertionError e) {
                AssertionError told = told(name + " has failed: " + what + "\n" + e.getMessage(), e.getCause());
                abandon();
                throw told;
            }
        } finally {
            scene.lock.unlock();
        }
    }

    /** Waits until a condition holds; returns false if it does not, and it is certain, or long enough, that it will not. */
    boolean await(BooleanSupplier condition) {
        waitFor(() -> condition.getAsBoolean() || (settled() && !othersMayCome()), limit);
        return condition.getAsBoolean();
    }

    /** Waits until the handler has ended or waits for the peer. */
    void settle() {
        if (!waitFor(this::settled, limit)) {
            throw new AssertionError(situation());
        }
    }

    /** Waits until the handler has ended, which it has to. */
    void awaitEnd() {
        if (!await(() -> ended)) {
            throw new AssertionError(situation());
        }
    }

    private boolean settled() {
        return ended || scene.waits(thread);
    }

    private boolean othersMayCome() {
        return !ended && (patient || announced > 0);
    }

    private boolean waitFor(BooleanSupplier condition, Duration atMost) {
        long deadline = Deadline.of(time, atMost);
        try {
            boolean inTime = true;
            while (!condition.getAsBoolean() && inTime) {
                inTime = time.awaitUntil(scene.lock, scene.changed, deadline);
            }
            return condition.getAsBoolean();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the thread of the script was interrupted", e);
        }
    }

    /** What the handler does, for messages. */
    String situation() {
        if (failure != null) {
            return "the handler has thrown " + failure;
        }
        if (ended) {
            return "the handler has ended";
        }
        if (!settled()) {
            return "the handler has been busy for " + limit.toMillis() + " ms, which is too long:" + stack();
        }
        return "the handler waits for the peer" + (othersMayCome() ? ", and nobody else has sent anything either" : "");
    }

    /** What the handler has thrown; null as long as it has not ended. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    boolean ended() {
        return ended;
    }

    /** Whether no more steps can follow. */
    boolean over() {
        return over;
    }

    /** What was done so far. */
    List<Step> past() {
        return past.stream().map(Done::step).toList();
    }

    private void abandon() {
        over = true;
        scene.release();
        scene.changed.signalAll();
        thread.interrupt();
        waitFor(() -> ended, GRACE);
    }

    private AssertionError told(String what, @Nullable Throwable cause) {
        String before = past.isEmpty()
                ? ""
                : past.stream().map(Done::toString).collect(Collectors.joining("\n    ", "\nbefore that:\n    ", ""));
        return new AssertionError(what + before, cause == null ? failure : cause);
    }

    private String stack() {
        return Arrays.stream(thread.getStackTrace())
                .takeWhile(frame -> !frame.getClassName().equals(Play.class.getName()))
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
    }
}
