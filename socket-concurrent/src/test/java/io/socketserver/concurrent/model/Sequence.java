package io.socketserver.concurrent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.socketserver.api.Connection;
import io.socketserver.api.DrainReport;
import io.socketserver.api.Server;
import io.socketserver.api.Server.State;
import io.socketserver.api.ServerBuilder;
import io.socketserver.api.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;

/** Carries out a plan, ends the server, and checks that it has kept its promises. */
final class Sequence {

    private static final int ATTEMPTS = 20_000;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration GRACE = Duration.ofSeconds(1);
    /** Longer than the watchdog waits. */
    private static final Duration FOREVER = Duration.ofDays(10);

    private final Plan plan;
    private final Place place;
    private final TimeSource time;
    private final Crew crew;
    private final Census census = new Census();
    private final Itinerary itinerary = new Itinerary();
    private final Tasks tasks = new Tasks(census::unexpected);
    private final Errands errands;
    private final Server<Connection> server;
    private final Queue<Connection> clients = new ConcurrentLinkedQueue<>();

    Sequence(Plan plan, Place place, TimeSource time, Crew crew) {
        this.plan = plan;
        this.place = place;
        this.time = time;
        this.crew = crew;
        errands = new Errands(time);
        Meddler meddler = new Meddler(plan.meddling(), census);
        ServerBuilder<Connection> parts = Server.on(place.endpoint())
                .time(time)
                .limits(plan.limits())
                .admitting(meddler::admit)
                .observe(itinerary)
                .observe(census)
                .observe(meddler)
                .onError((request, failure) -> {
                    census.handle(request, failure);
                    meddler.handle(request, failure);
                });
        Duration patience = plan.deadline() ? Duration.ZERO : place.patience();
        server = plan.strategy().complete(parts, tasks, errands, patience);
    }

    void run() throws Exception {
        runScripts();
        assertServes();
        DrainReport report = server.drain(GRACE);
        // An observer may have left it on this thread too.
        Thread.interrupted();
        assertThat(server.awaitStopped(FOREVER)).as("stopped").isTrue();
        tasks.awaitAll();
        assertClosed(report);
        for (Connection client : clients) {
            assertEnds(client);
        }
        itinerary.assertOneWay(State.NEW, State.CLOSED);
        census.assertComplete(server, report);
        assertThat(errands.mostAtOnce()).isLessThanOrEqualTo(plan.room().atOnce());
    }

    private void runScripts() throws Exception {
        CountDownLatch begin = new CountDownLatch(1);
        List<Future<Boolean>> others = new ArrayList<>();
        for (List<Command> script : plan.scripts().subList(1, plan.scripts().size())) {
            others.add(crew.run(() -> run(script, begin)));
        }
        begin.countDown();
        run(plan.scripts().get(0), begin);
        // It may have interrupted itself.
        Thread.interrupted();
        for (Future<Boolean> other : others) {
            other.get();
        }
    }

    private boolean run(List<Command> script, CountDownLatch begin) {
        try {
            begin.await();
            State last = server.state();
            for (Command command : script) {
                run(command);
                State now = server.state();
                Itinerary.assertInOrder(last, now);
                last = now;
            }
        } catch (Throwable t) {
            census.unexpected(t);
            return false;
        }
        return true;
    }

    private void run(Command command) throws Exception {
        if (command instanceof Deed deed) {
            deed.perform(server);
        } else if (command instanceof Visit visit) {
            visit(visit);
        }
    }

    private void visit(Visit visit) {
        try {
            Connection client = place.connect();
            clients.add(client);
            if (visit.what() != Errand.NOTHING) {
                client.writeLine(visit.what().name());
            }
            if (visit.leaves()) {
                client.close();
            }
        } catch (IOException e) {
            // Refused, reset or interrupted; whether it may be so is seen by who has accepted it.
        }
    }

    /** A server that was not told to end accepts, and has lost none of its room. */
    private void assertServes() throws Exception {
        boolean answered = !plan.meddling().isEmpty();
        for (int attempt = 0; !answered && !server.draining(); attempt++) {
            if (attempt > 0) {
                // Something takes up the room, or those that came before have yet to be accepted.
                Errand.spend(PAUSE, time);
                assertThat(attempt).as("attempts to be served").isLessThan(ATTEMPTS);
            }
            Deed.START.perform(server);
            Deed.RESUME.perform(server);
            try (Connection client = place.connect()) {
                client.readTimeout(place.patience());
                client.writeLine(Errand.ANSWER.name());
                answered = client.readLine() != null;
            } catch (IOException e) {
                // Refused, or a deadline came; again.
            }
        }
    }

    private void assertClosed(DrainReport report) {
        assertThat(server.state()).isEqualTo(State.CLOSED);
        DrainReport again = server.drain(Duration.ZERO);
        server.close();
        server.shutdown();
        assertThat(server.pause() || server.resume()).isFalse();
        assertThat(again)
                .isEqualTo(new DrainReport(
                        report.completed(), report.closedAtGrace(), report.abandoned(), again.elapsed()));
        assertThatIllegalStateException().isThrownBy(server::serve);
        assertThatIllegalStateException().isThrownBy(server::start);
    }

    private static void assertEnds(Connection client) {
        try (client) {
            say(client);
            while (client.read(new byte[64]) >= 0) {
                // What it was answered.
            }
        } catch (IOException e) {
            // Reset, which is an end too.
        }
    }

    // Linux may leave a client that connects as its server closes connected with nobody, and tells it when it writes.
    private static void say(Connection client) {
        try {
            client.writeLine("anybody there?");
        } catch (IOException e) {
            // No: its end was told.
        }
    }
}
