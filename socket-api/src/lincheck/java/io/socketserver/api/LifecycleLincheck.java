package io.socketserver.api;

import io.socketserver.api.Server.State;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** Whoever changes the state at once does so one after the other, in every interleaving. */
public class LifecycleLincheck {

    private final Lifecycle lifecycle = new Lifecycle(TimeSource.system(), (from, to) -> {});

    /** For the checker, which makes one for each interleaving. */
    public LifecycleLincheck() {
        lifecycle.move(State.NEW, State.SERVING);
    }

    @Operation
    public boolean pause() {
        return lifecycle.move(State.SERVING, State.PAUSED);
    }

    @Operation
    public boolean resume() {
        return lifecycle.move(State.PAUSED, State.SERVING);
    }

    @Operation
    public boolean shutdown() {
        return lifecycle.advance(State.DRAINING);
    }

    @Operation
    public boolean close() {
        return lifecycle.advance(State.CLOSED);
    }

    /** Whether this call made the thread the one that accepts; somebody may be that already. */
    @Operation
    public boolean enter() {
        try {
            return lifecycle.enter(Thread.currentThread(), "enter()");
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Operation
    public String state() {
        return lifecycle.state().name();
    }

    @Test
    void isLinearizable() {
        new ModelCheckingOptions()
                .iterations(50)
                .invocationsPerIteration(1_000)
                .threads(2)
                // What happens before and after would leave nothing to happen at once.
                .actorsBefore(0)
                .actorsAfter(1)
                .actorsPerThread(2)
                .check(LifecycleLincheck.class);
    }
}
