package io.socketserver.testkit;

import java.util.concurrent.atomic.AtomicBoolean;

/** A connection on a network: two wires, and what happens to both. */
final class Link {

    private final Simulation simulation;
    private final Agenda.Track there;
    private final MemoryChannel client;
    private final MemoryChannel server;
    private final AtomicBoolean reset = new AtomicBoolean();

    private Link(Simulation simulation, MemoryOptions options, Agenda.Track there, MemoryAddress address) {
        this.simulation = simulation;
        this.there = there;
        Agenda.Track back = new Agenda.Track(there.client(), Side.SERVER);
        Pipe[] pipes = {new Pipe(options), new Pipe(options), new Pipe(options), new Pipe(options)};
        client = new MemoryChannel(pipes[3], pipes[0], there.client(), address, options.time());
        server = new MemoryChannel(pipes[1], pipes[2], address, there.client(), options.time());
        new Wire(simulation, there, back, pipes[0], pipes[1], () -> reset(Side.CLIENT), reset::get).begin();
        new Wire(simulation, back, there, pipes[2], pipes[3], () -> reset(Side.SERVER), reset::get).begin();
    }

    /**
     * Makes one.
     *
     * @param there what the client does
     * @param address that of the server
     */
    static Link open(Simulation simulation, MemoryOptions options, Agenda.Track there, MemoryAddress address) {
        Link link = new Link(simulation, options, there, address);
        simulation
                .plan()
                .accidents(Accident.After.class, there.client())
                .forEach(accident -> link.resetAfter(accident.time()));
        simulation.links().add(link);
        return link;
    }

    MemoryChannel client() {
        return client;
    }

    MemoryChannel server() {
        return server;
    }

    private void resetAfter(long nanos) {
        simulation.agenda().add(simulation.time().nanoTime() + nanos, there, () -> reset(Side.CLIENT));
    }

    private void reset(Side side) {
        if (reset.compareAndSet(false, true)) {
            simulation.note(there.client(), side, "reset");
            breakOff();
        }
    }

    void breakOff() {
        client.breakOff();
        server.breakOff();
    }
}
