package io.socketserver.testkit.contract;

import static io.socketserver.testkit.contract.StreamStage.LONG;

import io.socketserver.api.Connection;
import io.socketserver.api.TimeSource;
import io.socketserver.testkit.contract.StreamStage.Pair;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Time-outs that leave a connection usable: each ends with both directions going on where they were. */
final class TimeoutClauses {

    private static final Duration BRIEF = Duration.ofMillis(1);
    private static final Duration SOON = Duration.ofMillis(40);
    private static final Duration LATER = Duration.ofMillis(20);
    private static final Duration PAST = Duration.ofNanos(1);
    private static final int ROUNDS = 3;
    private static final int REST = 1000;
    private static final int WHOLE = 1 << 23;

    private TimeoutClauses() {}

    static List<Clause<StreamStage>> all() {
        return List.of(
                new Clause<>("read time-out", TimeoutClauses::read),
                new Clause<>("write time-out", TimeoutClauses::write),
                new Clause<>("write time-out of the whole", TimeoutClauses::wholeWrite),
                new Clause<>("past time-out", TimeoutClauses::past),
                new Clause<>("present time-out", TimeoutClauses::present),
                new Clause<>("future time-out", TimeoutClauses::future));
    }

    // Reads run out of time; a write that waits for longer goes on.
    private static void read(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        Connection near = pair.server();
        near.readTimeout(Duration.ofMillis(10));
        Flood flood = new Flood(near);
        Task<Boolean> write = stage.scope().start(flood::pour);
        write.awaitBlocked();
        for (int i = 0; i < ROUNDS; i++) {
            readTimesOut(near);
        }
        Check.that(!write.ended(), "a write that waited has ended because reads ran out of time");
        flood.stop();
        Drain drain = new Drain(pair.client());
        Task<Boolean> drained = stage.scope().start(drain::run);
        write.join();
        goOn(pair, flood, drain, drained);
    }

    // Writes run out of time; a read that waits for longer goes on.
    private static void write(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        Connection near = pair.server();
        near.writeTimeout(Duration.ofMillis(10));
        Task<Integer> read = stage.scope().start(() -> near.read(new byte[1]));
        read.awaitBlocked();
        Flood flood = new Flood(near);
        for (int i = 0; i < ROUNDS; i++) {
            writeTimesOut(flood);
        }
        Check.that(!read.ended(), "a read that waited has ended because writes ran out of time");
        pair.client().write(new byte[1]);
        Check.equal(1, read.join(), "what a read returns after writes have run out of time");
        goOn(stage, pair, flood);
    }

    // A peer that takes a little now and then does not make a write last for ever.
    private static void wholeWrite(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        Connection near = pair.server();
        Flood flood = new Flood(near);
        near.writeTimeout(BRIEF);
        writeTimesOut(flood);
        near.writeTimeout(LATER);
        Drain drain = new Drain(pair.client());
        AtomicBoolean over = new AtomicBoolean();
        Task<Boolean> slow = stage.scope().run(() -> {
            while (!over.get()) {
                drain.one();
            }
        });
        Check.fails(
                SocketTimeoutException.class, () -> flood.write(WHOLE), "a write of which little was taken in time");
        near.writeTimeout(LONG);
        over.set(true);
        slow.join();
        goOn(pair, flood, drain, stage.scope().start(drain::run));
    }

    // The shortest time-out there is has passed before anything can come; what needs no waiting is done even so.
    private static void past(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        Connection near = pair.server();
        near.readTimeout(PAST);
        near.writeTimeout(PAST);
        Flood flood = new Flood(near);
        for (int i = 0; i < ROUNDS; i++) {
            readTimesOut(near);
            writeTimesOut(flood);
        }
        pair.client().write(new byte[1]);
        while (!reads(near)) {
            Task.pause();
        }
        goOn(stage, pair, flood);
    }

    private static boolean reads(Connection connection) throws IOException {
        try {
            return connection.read(new byte[1]) == 1;
        } catch (SocketTimeoutException e) {
            // It has not arrived yet.
            return false;
        }
    }

    // A time-out that is set while operations wait holds for them too.
    private static void present(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        Connection near = pair.server();
        Task<Integer> read = stage.scope().start(() -> near.read(new byte[1]));
        Flood flood = new Flood(near);
        Task<Boolean> write = stage.scope().start(flood::pour);
        read.awaitBlocked();
        write.awaitBlocked();
        near.readTimeout(BRIEF);
        near.writeTimeout(BRIEF);
        read.fails(SocketTimeoutException.class, "a read that waited when its time-out was set");
        write.fails(SocketTimeoutException.class, "a write that waited when its time-out was set");
        goOn(stage, pair, flood);
    }

    // A time-out is not early, and loses nothing.
    private static void future(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        Connection near = pair.server();
        near.readTimeout(SOON);
        near.writeTimeout(SOON);
        Flood flood = new Flood(near);
        Task<Boolean> read = stage.scope().run(() -> notEarly(stage.time(), () -> readTimesOut(near)));
        Task<Boolean> write = stage.scope().run(() -> notEarly(stage.time(), () -> writeTimesOut(flood)));
        read.join();
        write.join();
        goOn(stage, pair, flood);
    }

    private static void notEarly(TimeSource time, Check.Operation operation) throws Exception {
        long begun = time.nanoTime();
        operation.run();
        Duration elapsed = Duration.ofNanos(time.nanoTime() - begun);
        Check.that(elapsed.compareTo(SOON) >= 0, "a time-out of " + SOON + " has passed after " + elapsed);
    }

    private static void readTimesOut(Connection connection) throws InterruptedException {
        Check.fails(SocketTimeoutException.class, () -> connection.read(new byte[1]), "a read for which nothing comes");
    }

    private static void writeTimesOut(Flood flood) throws InterruptedException {
        Check.fails(SocketTimeoutException.class, flood::pour, "writing without end, which nobody reads");
    }

    private static void goOn(StreamStage stage, Pair pair, Flood flood) throws Exception {
        Drain drain = new Drain(pair.client());
        goOn(pair, flood, drain, stage.scope().start(drain::run));
    }

    private static void goOn(Pair pair, Flood flood, Drain drain, Task<Boolean> drained) throws Exception {
        pair.server().readTimeout(LONG);
        pair.server().writeTimeout(LONG);
        drain.endAt(flood.written() + REST);
        flood.write(REST);
        drained.join();
        new Flood(pair.client()).write(REST);
        Pattern.expect(pair.server(), 0, REST);
    }
}
