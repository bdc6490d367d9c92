package io.socketserver.api;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** How a request counts is settled once, and none is both counted and turned away, in every interleaving. */
public class SettlingLincheck {

    private final Lifecycle lifecycle = new Lifecycle(TimeSource.system(), (from, to) -> {});
    private final InFlight inFlight = new InFlight(lifecycle);
    private final RequestTask<Connection> task = task();
    private final AtomicInteger count = new AtomicInteger();

    /** For the checker, which makes one for each interleaving. */
    public SettlingLincheck() {}

    @SuppressWarnings("NullAway") // what settling does not touch
    private RequestTask<Connection> task() {
        return new RequestTask<>(null, connection -> {}, null, inFlight, null, null);
    }

    @Operation(nonParallelGroup = "acceptor", runOnce = true)
    public boolean enter() {
        return inFlight.add(task);
    }

    @Operation(runOnce = true)
    public boolean settle() {
        return task.settle(count::incrementAndGet);
    }

    /** Whoever comes too late to settle it can count on its being counted. */
    @Operation
    public int settleAgain() {
        task.settle(count::incrementAndGet);
        return count.get();
    }

    @Operation(runOnce = true)
    public void seal() {
        inFlight.seal();
    }

    @Test
    void isLinearizable() {
        new ModelCheckingOptions()
                .iterations(20)
                .invocationsPerIteration(1_000)
                .threads(2)
                // What happens before and after would leave nothing to happen at once.
                .actorsBefore(0)
                .actorsAfter(0)
                .actorsPerThread(2)
                .check(SettlingLincheck.class);
    }
}
