package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A script at work: its steps, what they wait for, and what is told if one fails. */
final class Play {

    /** A step, and what it is called if not by its number. */
    private record Done(@Nullable String place, Step step) {}

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Scene scene;
    private final HandlerThread handler;
    private final TimeSource time = TimeSource.system();
    private final List<Done> past = new ArrayList<>();
    private Duration limit = Duration.ofSeconds(10);
    private boolean patient;
    private int announced;
    private boolean late;
    private boolean over;
    private @Nullable String place;

    Play(Scene scene, HandlerThread.Body handler) {
        this.scene = scene;
        this.handler = new HandlerThread(scene, handler);
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
        perform(step, () -> {
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

    /** Takes what has come when the handler has ended or waits for the peer; none if that is null. */
    byte[] take(Supplier<byte @Nullable []> action) {
        Step step = perform("server> anything", () -> {
            settle();
            byte[] taken = action.get();
            return taken == null ? Step.Mark.SERVER_NOTHING : new Step.Expect(taken);
        });
        return step instanceof Step.Expect taken ? taken.bytes() : new byte[0];
    }

    // What succeeds is not turned into text: that would take most of the time of a first test.
    private Step perform(Object what, Supplier<Step> action) {
        scene.lock.lock();
        try {
            if (over) {
                throw new IllegalStateException("the script has ended, or a step of it has failed");
            }
            handler.begin();
            Step done = action.get();
            past.add(new Done(place, done));
            return done;
        } catch (AssertionError e) {
            AssertionError told = told(what, e);
            abandon();
            throw told;
        } finally {
            scene.lock.unlock();
        }
    }

    /** Waits until a condition holds; returns false if it does not, and it is certain, or long enough, that it will not. */
    boolean await(BooleanSupplier condition) {
        // Who has waited for too long once does not wait again: the step fails.
        late = !waitFor(
                () -> condition.getAsBoolean() || (handler.settled() && !othersMayCome()),
                late ? Duration.ZERO : limit);
        return condition.getAsBoolean();
    }

    /** Waits until the handler has ended or waits for the peer. */
    void settle() {
        late = !waitFor(handler::settled, limit);
        if (late) {
            throw new AssertionError(situation());
        }
    }

    /** Waits until the handler has ended, which it has to. */
    void awaitEnd() {
        if (!await(handler::ended)) {
            throw new AssertionError(situation());
        }
    }

    private boolean othersMayCome() {
        return !handler.ended() && (patient || announced > 0);
    }

    private boolean waitFor(BooleanSupplier condition, Duration atMost) {
        try {
            return waitInterruptibly(condition, atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the thread of the script was interrupted", e);
        }
    }

    private boolean waitInterruptibly(BooleanSupplier condition, Duration atMost) throws InterruptedException {
        long deadline = Deadline.of(time, atMost);
        boolean inTime = true;
        while (!condition.getAsBoolean() && inTime) {
            inTime = time.awaitUntil(scene.lock, scene.changed, deadline);
        }
        return condition.getAsBoolean();
    }

    /** What the handler does, for messages. */
    String situation() {
        if (handler.failure() != null) {
            return "the handler has thrown " + handler.failure();
        }
        if (handler.ended()) {
            return "the handler has ended";
        }
        if (!handler.settled()) {
            return (late
                            ? "the handler has been busy for " + limit.toMillis() + " ms, which is too long:"
                            : "the handler is busy:")
                    + handler.stack();
        }
        return "the handler waits for the peer" + (othersMayCome() ? ", and nobody else has sent anything either" : "");
    }

    /** What the handler has thrown; null as long as it has not ended. */
    @Nullable
    Throwable failure() {
        return handler.failure();
    }

    boolean ended() {
        return handler.ended();
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
        handler.interrupt();
        try {
            waitInterruptibly(handler::ended, GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private AssertionError told(Object what, AssertionError error) {
        StringBuilder text = new StringBuilder(name(past.size(), place));
        text.append(" has failed: ").append(what).append('\n').append(error.getMessage());
        text.append(past.isEmpty() ? "" : "\nbefore that:");
        for (int i = 0; i < past.size(); i++) {
            Done done = past.get(i);
            text.append("\n    ").append(name(i, done.place)).append(": ").append(done.step);
        }
        return new AssertionError(text.toString(), error.getCause() == null ? handler.failure() : error.getCause());
    }

    private static String name(int index, @Nullable String place) {
        return place == null ? "step " + (index + 1) : place;
    }
}
