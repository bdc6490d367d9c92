package io.socketserver.testkit;

import io.socketserver.api.DatagramClient;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Carries datagrams through a network, which loses, doubles, delays and cuts some. */
final class DatagramPost implements MemoryDatagramEndpoint.Post {

    private final Network network;
    private final Simulation simulation;
    private final Function<MemoryDatagramEndpoint, DatagramClient> clients;
    private final Map<String, Way> ways = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** One direction between a client and its server. */
    private record Way(Agenda.Track track, Dice dice) {}

    DatagramPost(Network network, Simulation simulation, Function<MemoryDatagramEndpoint, DatagramClient> clients) {
        this.network = network;
        this.simulation = simulation;
        this.clients = clients;
    }

    @Override
    public Optional<Network> network() {
        return Optional.of(network);
    }

    @Override
    public DatagramClient open(MemoryDatagramEndpoint to) {
        return clients.apply(to);
    }

    @Override
    public Arrivals.Fate carry(ByteBuffer payload, MemoryDatagramEndpoint from, MemoryDatagramEndpoint to) {
        boolean reply = from.address().number() == 0;
        MemoryAddress client = reply ? to.address() : from.address();
        Side side = reply ? Side.SERVER : Side.CLIENT;
        Way way = ways.computeIfAbsent(
                client.label() + ' ' + side, name -> new Way(new Agenda.Track(client, side), simulation.dice(name)));
        FaultPlan plan = simulation.plan();
        ByteBuffer copy = ByteBuffer.allocate(payload.remaining())
                .put(payload.duplicate())
                .flip();
        boolean lost = way.dice.hits(plan.chance(Fault.DROP));
        boolean cut = copy.hasRemaining() && way.dice.hits(plan.chance(Fault.TRUNCATE));
        if (cut) {
            copy.limit((int) way.dice.between(0, copy.limit() - 1));
        }
        int times = way.dice.hits(plan.chance(Fault.DUPLICATE)) ? 2 : 1;
        for (int i = 0; i < times; i++) {
            long late = way.dice.hits(plan.chance(Fault.REORDER)) ? plan.late() : 0;
            long time = simulation.time().nanoTime() + simulation.delay(way.dice) + late;
            simulation.agenda().add(time, way.track, () -> arrive(copy, lost, cut, from, to, way.track));
        }
        return Arrivals.Fate.QUEUED;
    }

    /** Loses all that has not arrived. */
    void close() {
        closed = true;
    }

    private void arrive(
            ByteBuffer payload,
            boolean lost,
            boolean cut,
            MemoryDatagramEndpoint from,
            MemoryDatagramEndpoint to,
            Agenda.Track track) {
        String fate = lost || closed ? " lost" : fate(to.deliver(payload.duplicate(), cut, from), cut);
        simulation.note(track.client(), track.side(), "datagram " + Chronicle.text(payload) + fate);
    }

    private static String fate(Arrivals.Fate fate, boolean cut) {
        return switch (fate) {
            case QUEUED -> cut ? " truncated" : "";
            case FULL -> " lost, the backlog is full";
            case STOPPED -> " lost, nobody receives it";
        };
    }
}
