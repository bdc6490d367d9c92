package io.socketserver.testkit;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A listening endpoint of a network, with the failures of accepting that its plan has. */
final class NetworkEndpoint implements Endpoint<Connection> {

    private final Simulation simulation;
    private final MemoryAddress address;
    private final MemoryOptions options;
    private final Arrivals<MemoryChannel> backlog;
    private final Dice dice;
    private volatile boolean closed;

    NetworkEndpoint(Simulation simulation, MemoryAddress address, MemoryOptions options) {
        this.simulation = simulation;
        this.address = address;
        this.options = options;
        backlog = new Arrivals<>(options);
        dice = simulation.dice(address.label());
    }

    MemoryOptions options() {
        return options;
    }

    /** Whether its name is free. */
    boolean isClosed() {
        return closed;
    }

    Arrivals.Fate offer(MemoryChannel arrival) {
        return backlog.offer(arrival);
    }

    @Override
    public @Nullable Connection accept(Duration timeout) throws IOException {
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
        return next == null ? null : Connection.of(next);
    }

    private boolean isAborted(MemoryAddress client) {
        FaultPlan plan = simulation.plan();
        return dice.hits(plan.chance(Fault.ABORT))
                || plan.accidents(Accident.BeforeAccept.class, client).findAny().isPresent();
    }

    private IOException failed(String why) {
        simulation.note(address.label() + " cannot accept: " + why);
        return new IOException(why);
    }

    @Override
    public void wakeup() {
        backlog.wakeup();
    }

    @Override
    public void stopAccepting() {
        backlog.stop().forEach(MemoryChannel::reset);
    }

    @Override
    public MemoryAddress address() {
        return address;
    }

    @Override
    public URI uri() {
        return address.uri();
    }

    @Override
    public void close() {
        stopAccepting();
        closed = true;
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
