package io.socketserver.api;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Permits are never more than there are, and whoever waits for one is woken, in every interleaving. */
public class PermitsLincheck {

    private final AtomicInteger signals = new AtomicInteger();
    private final Permits permits = new Permits(1, signals::incrementAndGet);
    private volatile boolean waiting;

    public PermitsLincheck() {
        permits.tryTake();
    }

    /** As the gate does: it says what it wants, looks once more, and waits if there is none. */
    @Operation(nonParallelGroup = "acceptor")
    public boolean want() {
        permits.wanted(true);
        waiting = !permits.tryTake();
        return !waiting;
    }

    /** A request ends; there is one. */
    @Operation(runOnce = true)
    public void giveBack() {
        permits.giveBack();
    }

    @Validate
    public void wokenIfThereIsOne() {
        if (waiting && signals.get() == 0 && permits.tryTake()) {
            throw new IllegalStateException("it waits, and there is one, and nobody tells");
        }
    }

    @Test
    void holds() {
        new ModelCheckingOptions()
                .iterations(20)
                .invocationsPerIteration(1_000)
                .threads(2)
                // What happens before and after would leave nothing to happen at once.
                .actorsBefore(0)
                .actorsAfter(0)
                .actorsPerThread(2)
                .check(PermitsLincheck.class);
    }
}
