package io.socketserver.testkit;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One attempt to connect: goes to the server and back. */
final class Dial {

    private final Simulation simulation;
    private final Agenda.Track track;
    private final String host;
    private final Dice dice;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition answered = lock.newCondition();
    private @Nullable MemoryChannel channel;
    private @Nullable String refusal;
    private boolean over;

    Dial(Simulation simulation, MemoryAddress client, String host) {
        this.simulation = simulation;
        this.host = host;
        track = new Agenda.Track(client, Side.CLIENT);
        dice = simulation.dice(client.label() + " connects");
    }

    /** Waits for an answer. */
    MemoryChannel connect(Function<String, @Nullable NetworkEndpoint> hosts) throws IOException {
        NetworkTime time = simulation.time();
        later(() -> knock(hosts.apply(host)));
        lock.lock();
        try {
            while (channel == null && refusal == null) {
                time.awaitUntil(lock, answered, Deadline.never(time));
            }
            if (channel == null) {
                throw new ConnectException(refusal);
            }
            return channel;
        } catch (InterruptedException e) {
            over = true;
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        } finally {
            lock.unlock();
        }
    }

    private void later(Runnable event) {
        simulation.agenda().add(simulation.time().nanoTime() + simulation.delay(dice), track, event);
    }

    private void knock(@Nullable NetworkEndpoint endpoint) {
        if (endpoint == null) {
            later(() -> answer(null, "connection refused: nobody is at " + host));
            return;
        }
        AtomicReference<MemoryChannel> client = new AtomicReference<>();
        switch (endpoint.backlog.offer(() -> open(endpoint, client))) {
            case QUEUED -> later(() -> answer(client.get(), null));
            case FULL ->
                later(() -> answer(
                        null,
                        "the backlog of " + host + " is full: "
                                + endpoint.options().backlog() + " connections wait to be accepted"));
            case STOPPED -> later(() -> answer(null, "connection refused: " + host + " has stopped accepting"));
        }
    }

    // What is planned for a connection happens to one that there is room for only.
    private MemoryChannel open(NetworkEndpoint endpoint, AtomicReference<MemoryChannel> client) {
        // Noted before whoever accepts is woken, since that may have something to note as well.
        simulation.note(track.client().label() + " connects to " + host);
        Link link = Link.open(simulation, endpoint.options(), track, endpoint.address());
        client.set(link.client());
        return link.server();
    }

    private void answer(@Nullable MemoryChannel connected, @Nullable String why) {
        if (why != null) {
            simulation.note(track.client().label() + ' ' + why);
        }
        lock.lock();
        try {
            channel = connected;
            refusal = why;
            answered.signalAll();
            if (!over || connected == null) {
                return;
            }
        } finally {
            lock.unlock();
        }
        connected.close();
    }
}
