package io.socketserver.testkit.contract;

import io.socketserver.api.Connection;
import io.socketserver.api.spi.PollableChannel;
import io.socketserver.api.spi.Poller;
import io.socketserver.testkit.contract.StreamStage.Pair;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;

/** One thread serves many connections: nothing waits but the poll, and that tells what is ready. */
final class PollingClauses {

    private static final int SOME = 1000;
    private static final int CHUNK = 50_021;

    private PollingClauses() {}

    static List<Clause<StreamStage>> all() {
        return List.of(
                new Clause<>("read without waiting", PollingClauses::read),
                new Clause<>("write without waiting", PollingClauses::write),
                new Clause<>("readiness", PollingClauses::readiness),
                new Clause<>("poll without waiting", PollingClauses::pollNow),
                new Clause<>("wake-up of a poll", PollingClauses::wakeup),
                new Clause<>("interrupt of a poll", PollingClauses::interrupt),
                new Clause<>("close under a poll", PollingClauses::close),
                new Clause<>("close by who polls", PollingClauses::closeOneself),
                new Clause<>("polling what is closed", PollingClauses::closedBefore),
                new Clause<>("polling what is foreign", PollingClauses::foreign),
                new Clause<>("no waiting for what is polled", PollingClauses::noWaiting));
    }

    private static Poller poller(StreamStage stage, Connection example) throws IOException {
        return stage.scope().own(Polled.channel(example).openPoller());
    }

    private static Polled polled(StreamStage stage, Connection connection) throws IOException {
        return new Polled(poller(stage, connection), connection);
    }

    // Nothing, all that was sent, nothing, and the end.
    private static void read(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        Polled near = polled(stage, pair.server());
        ByteBuffer target = ByteBuffer.allocate(2 * SOME);
        near.await(true, false);
        Check.equal(0, near.channel().tryRead(target), "what a read returns when nothing has come");
        new Flood(pair.client()).write(SOME);
        while (target.position() < SOME) {
            int before = target.position();
            near.next();
            int count = near.channel().tryRead(target);
            Check.that(count > 0, "what was ready to read has returned " + count);
            Check.equal(before + count, target.position(), "the buffer's position after a read");
        }
        Check.equal(ByteBuffer.wrap(Pattern.bytes(0, SOME)), target.flip(), "what was read");
        Check.equal(0, near.channel().tryRead(target.clear()), "what a read returns when all was read");
        pair.client().shutdownOutput();
        near.next();
        for (int i = 0; i < 2; i++) {
            Check.equal(-1, near.channel().tryRead(target), "what a read returns at the end of the stream");
        }
    }

    // Until there is no room, and again when there is.
    private static void write(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        Polled near = polled(stage, pair.server());
        long written = 0;
        for (int count = -1; count != 0; written += count) {
            count = write(near, written, CHUNK);
        }
        Drain drain = new Drain(pair.client());
        long end = written + 4 * CHUNK;
        drain.endAt(end);
        Task<Boolean> drained = stage.scope().start(drain::run);
        near.await(false, true);
        while (written < end) {
            near.next();
            written += write(near, written, (int) Math.min(CHUNK, end - written));
        }
        drained.join();
    }

    private static int write(Polled near, long position, int most) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(Pattern.bytes(position, most));
        int count = near.channel().tryWrite(source);
        Check.equal(count, source.position(), "what a write returned, and how far it moved the buffer's position");
        return count;
    }

    // What is awaited, as long as it is so, and nothing of the neighbour.
    private static void readiness(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        Connection neighbour = stage.pair().server();
        Poller poller = poller(stage, pair.server());
        Polled near = new Polled(poller, pair.server());
        Polled idle = new Polled(poller, neighbour);
        idle.await(true, false);
        near.await(true, false);
        Check.equal(Polled.NOTHING, near.now(), "what is told when nothing has come");
        new Flood(pair.client()).write(1);
        Check.equal(Polled.TO_READ, near.next(), "what is told when something has come");
        Check.equal(Polled.TO_READ, near.next(), "what is told as long as it is there");
        Check.equal(Polled.TO_READ, near.now(), "what is told at once, as long as it is there");
        near.await(false, false);
        Check.equal(Polled.NOTHING, near.now(), "what is told when nothing is awaited");
        near.await(false, true);
        Check.equal(Polled.TO_WRITE, near.next(), "what is told when room is awaited");
        near.await(true, true);
        Check.equal(Polled.BOTH, near.next(), "what is told when all is awaited");
        near.await(true, false);
        near.channel().tryRead(ByteBuffer.allocate(1));
        Check.equal(Polled.NOTHING, near.now(), "what is told when all was read");
        Check.equal(Polled.NOTHING, idle.now(), "what is told of a neighbour");
    }

    private static void pollNow(StreamStage stage) throws Exception {
        Poller poller = poller(stage, stage.pair().server());
        poller.pollNow();
        poller.wakeup();
        poller.pollNow();
        Task<Boolean> poll = stage.scope().run(poller::poll);
        poll.awaitBlocked();
        Check.that(!poll.ended(), "a poll has come back of a wake-up before another that does not wait");
        poller.wakeup();
        poll.join();
    }

    private static void wakeup(StreamStage stage) throws Exception {
        Poller poller = poller(stage, stage.pair().server());
        poller.wakeup();
        Task<Boolean> polls = stage.scope().run(() -> {
            poller.poll();
            poller.poll();
        });
        polls.awaitBlocked();
        Check.that(!polls.ended(), "a second poll has come back of the wake-up of the first");
        poller.wakeup();
        polls.join();
    }

    private static void interrupt(StreamStage stage) throws Exception {
        Poller poller = poller(stage, stage.pair().server());
        Task<Boolean> poll = stage.scope().run(poller::poll);
        poll.awaitBlocked();
        poll.interrupt();
        poll.join();
    }

    // It is told once, whatever else happens to the connection.
    private static void close(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        // Not by the thread that polls, which may be kept waiting there before it polls.
        Polled near = polled(stage, pair.server());
        Task<Boolean> poll = stage.scope().run(() -> {
            Check.equal(Polled.BOTH, near.next(), "what is told of a connection that another thread closes");
            stage.scope().run(pair.server()::close).join();
            stage.scope().close(pair.client());
            near.await(true, true);
            Check.equal(Polled.NOTHING, near.now(), "what is told of a connection after it was told to be closed");
            Check.fails(ClosedChannelException.class, () -> near.channel().tryRead(ByteBuffer.allocate(1)), "a read");
        });
        poll.awaitBlocked();
        stage.scope().close(pair.server());
        poll.join();
    }

    // Between two polls, and not as it is told of something.
    private static void closeOneself(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        Polled near = polled(stage, pair.server());
        near.await(true, false);
        pair.client().write(new byte[1]);
        near.next();
        stage.scope().close(pair.server());
        Check.equal(Polled.BOTH, near.next(), "what is told of a connection that the polling thread has closed");
    }

    private static void closedBefore(StreamStage stage) throws Exception {
        Connection closed = stage.pair().server();
        Poller poller = poller(stage, closed);
        stage.scope().close(closed);
        Check.fails(IOException.class, () -> new Polled(poller, closed), "waiting for a connection that is closed");
    }

    private static void foreign(StreamStage stage) throws Exception {
        Poller poller = poller(stage, stage.pair().server());
        PollableChannel other = (PollableChannel) Proxy.newProxyInstance(
                PollingClauses.class.getClassLoader(),
                new Class<?>[] {PollableChannel.class},
                (proxy, method, given) -> {
                    throw new UnsupportedOperationException(method.toString());
                });
        Check.fails(
                IllegalArgumentException.class,
                () -> poller.register(other, (toRead, toWrite) -> {}),
                "waiting for a channel of another transport");
    }

    private static void noWaiting(StreamStage stage) throws Exception {
        Connection near = stage.pair().server();
        polled(stage, near);
        refuses(() -> near.read(new byte[1]), "a read");
        refuses(() -> near.write(new byte[1]), "a write");
        refuses(() -> near.readTimeout(StreamStage.LONG), "setting the read time-out");
        refuses(() -> near.writeTimeout(StreamStage.LONG), "setting the write time-out");
    }

    private static void refuses(Check.Operation operation, String what) throws InterruptedException {
        Check.fails(IllegalStateException.class, operation, what + " on a connection that is polled");
    }
}
