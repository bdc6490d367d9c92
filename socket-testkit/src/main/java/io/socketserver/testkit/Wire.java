package io.socketserver.testkit;

import io.socketserver.testkit.Agenda.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection on a network: what is written into one pipe arrives in another, later. Until then it takes
 * up room in the first, so that who writes waits for a slow network as for a slow reader.
 */
final class Wire {

    private final Simulation simulation;
    private final MemoryAddress client;
    private final Side side;
    private final Pipe near;
    private final Pipe far;
    private final Runnable reset;
    private final BooleanSupplier broken;
    private final Agenda.Track track;
    private final Agenda.Track backTrack;
    private final Dice dice;
    private final Accident.@Nullable AtByte accident;

    // All about sending is guarded by the lock of the near pipe, under which it tells of each change.
    private long sent;
    private boolean ended;
    private long lineFree;
    private long latest;
    private @Nullable Event last;

    // All about arriving is for who makes a step of the simulation, one thread at a time.
    private long arrived;
    private long moved;
    private boolean over;
    private boolean deaf;

    private volatile boolean held;
    private volatile boolean deserted;

    /**
     * Makes one.
     *
     * @param track what is done by who writes into it
     * @param backTrack what is done by who reads from it
     * @param reset resets the connection at both ends
     * @param broken whether it was
     */
    Wire(
            Simulation simulation,
            Agenda.Track track,
            Agenda.Track backTrack,
            Pipe near,
            Pipe far,
            Runnable reset,
            BooleanSupplier broken) {
        this.simulation = simulation;
        this.client = track.client();
        this.side = track.side();
        this.near = near;
        this.far = far;
        this.reset = reset;
        this.broken = broken;
        this.track = track;
        this.backTrack = backTrack;
        dice = simulation.dice(client.label() + ' ' + side);
        accident = simulation
                .plan()
                .accidents(Accident.AtByte.class, client)
                .filter(planned -> planned.side() == side)
                .reduce((first, other) -> first.count() <= other.count() ? first : other)
                .orElse(null);
    }

    void begin() {
        near.watch(this::send);
        far.watch(this::read);
        if (accident != null && accident.count() == 0) {
            end(accident);
        }
    }

    // Somebody may have written, or gone.
    private void send() {
        // Who is woken by a reset may close its end before all pipes are reset, which does not matter any more.
        if (broken.getAsBoolean()) {
            return;
        }
        while (!ended && near.written() > sent) {
            sendChunk(near.written() - sent);
        }
        if (!ended && near.isReset()) {
            ended = true;
            at(arrival(0), reset);
        } else if (!ended && near.isEnded()) {
            ended = true;
            at(arrival(0), this::end);
        }
    }

    private void sendChunk(long available) {
        FaultPlan plan = simulation.plan();
        long size = available;
        if (size > 1 && dice.hits(plan.chance(Fault.SPLIT))) {
            size = dice.between(1, size - 1);
        }
        Accident.AtByte next = accident != null && accident.count() - sent <= size ? accident : null;
        if (next != null) {
            size = next.count() - sent;
        }
        if (dice.hits(plan.chance(Fault.RESET))) {
            ended = true;
            at(arrival(0), reset);
            return;
        }
        sent += size;
        long upTo = sent;
        long time = arrival(size);
        if (last != null && dice.hits(plan.chance(Fault.MERGE))) {
            simulation.agenda().remove(last);
        }
        last = at(time, () -> arrive(upTo));
        if (next != null) {
            end(next);
        }
    }

    private void end(Accident.AtByte planned) {
        ended = true;
        if (planned.reset()) {
            at(arrival(0), reset);
        } else {
            at(arrival(0), () -> {
                deaf = true;
                end();
            });
        }
    }

    // Nothing overtakes what was sent before.
    private long arrival(long size) {
        FaultPlan plan = simulation.plan();
        long now = simulation.time().nanoTime();
        long stall = size > 0 && dice.hits(plan.chance(Fault.STALL)) ? plan.stall() : 0;
        lineFree = Math.max(lineFree, now) + plan.transmission(size);
        latest = Math.max(latest, lineFree + simulation.delay(dice) + stall);
        return latest;
    }

    private Event at(long time, Runnable action) {
        return simulation.agenda().add(time, track, action);
    }

    private void atReader(long time, Runnable action) {
        simulation.agenda().add(time, backTrack, action);
    }

    // The reader may have made room, or gone.
    private void read() {
        if (held && far.room() > 0) {
            held = false;
            atReader(simulation.time().nanoTime(), this::move);
        }
        if (!deserted && far.isDeserted()) {
            deserted = true;
            atReader(simulation.time().nanoTime() + simulation.plan().shortestDelay(), near::closeReader);
        }
    }

    private void arrive(long upTo) {
        arrived = upTo;
        move();
    }

    private void end() {
        over = true;
        move();
    }

    private void move() {
        if (broken.getAsBoolean()) {
            return;
        }
        try {
            while (moved < arrived && hasRoom()) {
                moveChunk();
            }
            if (over && moved == arrived) {
                over = false;
                simulation.note(client, side, "end");
                far.shutWriter();
                if (deaf) {
                    near.shutReader();
                }
            }
        } catch (IOException e) {
            // It was reset, or there is nobody to read it any more.
            moved = arrived;
        }
    }

    private boolean hasRoom() {
        held = far.room() == 0;
        // The reader may have made some before it could see that.
        return !held || far.room() > 0;
    }

    private void moveChunk() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(far.room(), arrived - moved));
        near.tryRead(bytes);
        bytes.flip();
        moved += bytes.remaining();
        simulation.note(client, side, Chronicle.text(bytes));
        far.tryWrite(bytes);
    }
}
