package io.socketserver.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A listening endpoint of a network, with the failures of accepting that its plan has. */
final class NetworkEndpoint extends MemoryEndpoint {

    private final Network network;
    private final Simulation simulation;
    private volatile boolean closed;

    NetworkEndpoint(Network network, Simulation simulation, String name, MemoryOptions options) {
        super(name, options);
        this.network = network;
        this.simulation = simulation;
    }

    /** Whether its name is free. */
    boolean isClosed() {
        return closed;
    }

    @Override
    Optional<Network> network() {
        return Optional.of(network);
    }

    @Override
    MemoryChannel dial() throws IOException {
        return network.dial(address().name());
    }

    @Override
    @Nullable
    MemoryChannel next(Duration timeout) throws IOException {
        if (!backlog.await(timeout)) {
            return null;
        }
        if (simulation.plan().lacksDescriptors(simulation.time().nanoTime())) {
            throw failed("Too many open files");
        }
        MemoryChannel next = backlog.take(Duration.ZERO);
        if (next != null && isAborted((MemoryAddress) next.remoteAddress())) {
            next.reset();
            throw failed("Software caused connection abort");
        }
        return next;
    }

    private boolean isAborted(MemoryAddress client) {
        FaultPlan plan = simulation.plan();
        return simulation.dice(client.label() + " abort").hits(plan.chance(Fault.ABORT))
                || plan.accidents(Accident.BeforeAccept.class, client).findAny().isPresent();
    }

    private IOException failed(String why) {
        simulation.note(address().label() + " cannot accept: " + why);
        return new IOException(why);
    }

    @Override
    public void close() {
        super.close();
        closed = true;
    }
}
