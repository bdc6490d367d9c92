package io.socketserver.concurrent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Limits;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.Server.State;
import io.socketserver.api.ServerBuilder;
import io.socketserver.api.TimeLimit;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryEndpoint;
import io.socketserver.testkit.MemoryOptions;
import io.socketserver.testkit.VirtualTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the neighbours on a loop notice of a handler that does what it must not: as little as can be. */
@Timeout(60)
class EventLoopFaultsTest {

    private static final int TIMES = 200;
    private static final Duration HALF = Duration.ofMinutes(1);
    private static final Duration LIMIT = HALF.multipliedBy(2);
    private static final Duration CUT_GRACE = Duration.ofMillis(200);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final LeakCheck leaks = LeakCheck.begin();
    private final VirtualTime time = new VirtualTime();
    private final MemoryEndpoint endpoint =
            MemoryEndpoint.bind(MemoryOptions.defaults().time(time));
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore abandoned = new Semaphore(0);
    private final Semaphore ended = new Semaphore(0);
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicInteger leaked = new AtomicInteger();

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
        assertThat(leaked).as("interrupts that reached another conversation").hasValue(0);
    }

    private ServerBuilder<Connection> parts() {
        return Server.on(endpoint)
                .time(time)
                .onError((request, failure) -> told.incrementAndGet())
                .observe(new Observer() {
                    @Override
                    public void abandoned(Request request) {
                        abandoned.release();
                    }

                    @Override
                    public void ended(Request request) {
                        ended.release();
                    }
                });
    }

    private static Server<Connection> serve(ServerBuilder<Connection> parts, int loops, MessageHandler handler) {
        return parts.dispatch(Dispatchers.eventLoop(EventLoopOptions.of(loops)))
                .handle(handler.over(Framing.lines()))
                .start();
    }

    /** Does what is wrong when it is asked to, and otherwise sends back what has come. */
    private MessageHandler echoOr(MessageHandler faulty) {
        return (message, replies) -> {
            if (Thread.currentThread().isInterrupted()) {
                leaked.incrementAndGet();
            }
            if (message.equals(UTF_8.encode("fail"))) {
                faulty.handle(message, replies);
            } else {
                replies.send(message);
            }
        };
    }

    private static void assertServes(Connection client) throws IOException {
        client.writeLine("hello");
        assertThat(client.readLine()).isEqualTo("hello");
    }

    private static void assertEnds(Connection client) throws IOException {
        assertThat(client.readLine()).as("it has ended").isNull();
        client.close();
    }

    private Connection served() throws IOException {
        Connection client = endpoint.connect();
        assertServes(client);
        return client;
    }

    @Test
    void neighboursOfABlockedHandlerOnlyWaitForItsDeadline() throws Exception {
        MessageHandler handler = echoOr((message, replies) -> {
            begun.release();
            new CountDownLatch(1).await();
        });
        try (var server = serve(parts().limits(Limits.none().requestDeadline(LIMIT)), 1, handler)) {
            for (int i = 0; i < TIMES; i++) {
                Connection blocking = served();
                time.advance(HALF);
                Connection neighbour = served();
                blocking.writeLine("fail");
                begun.acquire();
                neighbour.writeLine("still here");
                time.advance(HALF);
                assertEnds(blocking);
                assertThat(neighbour.readLine()).isEqualTo("still here");
                neighbour.shutdownOutput();
                assertEnds(neighbour);
            }
            assertThat(server.drain(GRACE).completed()).isEqualTo(2 * TIMES);
            assertThat(server.statistics().timedOut(TimeLimit.REQUEST_DEADLINE)).isEqualTo(TIMES);
        }
        assertThat(told).as("it is no failure").hasValue(0);
    }

    @Test
    void whoIgnoresTheInterruptIsAbandonedKeepsItsPlaceAndGetsNoMoreMessages() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        MessageHandler handler = echoOr((message, replies) -> {
            begun.release();
            ignoringInterrupts(goOn);
        });
        Limits limits = Limits.none().requestDeadline(LIMIT).maxConnections(1);
        try (var server = serve(parts().limits(limits), 1, handler)) {
            Connection blocking = endpoint.connect();
            blocking.writeLine("fail\nfail\nfail");
            begun.acquire();
            time.advance(LIMIT);
            assertEnds(blocking);
            time.awaitWaiter(CUT_GRACE);
            time.advance(CUT_GRACE);
            abandoned.acquire();
            assertThat(server.statistics().abandoned()).isOne();
            Connection next = endpoint.connect();
            next.writeLine("next");
            assertThat(server.statistics().received()).isOne();
            goOn.countDown();
            assertThat(next.readLine()).isEqualTo("next");
            next.shutdownOutput();
            assertEnds(next);
            ended.acquire(2);
            assertThat(server.statistics().abandoned()).isZero();
            assertThat(server.drain(GRACE).completed()).isEqualTo(2);
        }
        assertThat(begun.availablePermits()).as("messages after it was cut off").isZero();
        assertThat(abandoned.availablePermits()).as("told again").isZero();
    }

    @Test
    void aHandlerThatInterruptsItselfDisturbsNoNeighbour() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        MessageHandler handler = echoOr((message, replies) -> {
            begun.release();
            goOn.await();
            Thread.currentThread().interrupt();
        });
        try (var server = serve(parts(), 1, handler)) {
            Connection first = served();
            Connection second = served();
            Connection third = served();
            first.writeLine("fail");
            begun.acquire();
            // What follows is told by one poll, in this order.
            second.writeLine("fail");
            third.writeLine("hello");
            goOn.countDown();
            assertThat(third.readLine()).isEqualTo("hello");
            for (Connection client : List.of(first, second, third)) {
                client.shutdownOutput();
                assertEnds(client);
            }
            assertThat(server.drain(GRACE).completed()).isEqualTo(3);
        }
    }

    private static void ignoringInterrupts(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // Goes on, as bad handlers do.
            }
        }
    }

    @Test
    void whoDrainsItsServerDoesNotWaitForItsOwnLoop() throws Exception {
        var server = serve(parts(), 1, echoOr(EventLoopFaultsTest::drain));
        Connection neighbour = served();
        Connection draining = served();
        draining.writeLine("fail");
        assertThat(draining.readLine()).isEqualTo("closed");
        assertEnds(draining);
        assertEnds(neighbour);
        assertThat(server.drain(GRACE).completed()).isOne();
        assertThat(server.drain(GRACE).closedAtGrace()).isOne();
    }

    @Test
    void whoDrainsItsServerWaitsForOtherLoops() throws Exception {
        var server = serve(parts(), 2, echoOr(EventLoopFaultsTest::drain));
        Connection leaving = served();
        Connection draining = served();
        Connection neighbour = served();
        Connection distant = served();
        draining.writeLine("fail");
        time.awaitWaiter(GRACE);
        assertServes(leaving);
        leaving.shutdownOutput();
        assertEnds(leaving);
        time.awaitWaiter(GRACE);
        time.advance(GRACE);
        assertThat(draining.readLine()).isEqualTo("closed");
        assertEnds(draining);
        assertEnds(neighbour);
        assertEnds(distant);
        assertThat(server.drain(GRACE).completed()).isEqualTo(2);
        assertThat(server.drain(GRACE).closedAtGrace()).isEqualTo(2);
    }

    private static void drain(ByteBuffer message, Replies replies) throws IOException {
        Server<?> server = replies.request().server().orElseThrow();
        server.drain(GRACE);
        replies.send(server.state().name().toLowerCase(Locale.ROOT).getBytes(UTF_8));
        replies.end();
    }

    @Test
    void whoClosesItsServerLeavesItsNeighboursToTheirEnd() throws Exception {
        var server = serve(parts(), 1, echoOr((message, replies) -> {
            replies.request().server().orElseThrow().close();
            replies.end();
        }));
        Connection neighbour = served();
        Connection closing = served();
        closing.writeLine("fail");
        assertEnds(closing);
        assertThat(server.state()).isEqualTo(State.CLOSED);
        assertServes(neighbour);
        neighbour.shutdownOutput();
        assertEnds(neighbour);
        ended.acquire(2);
        assertThat(server.statistics().completed()).isEqualTo(2);
    }

    @Test
    void anErrorHandlerThatDrainsDoesNotCutOffWhatIsEnding() throws Exception {
        ServerBuilder<Connection> parts = parts().onError(
                        (request, failure) -> request.server().orElseThrow().drain(GRACE));
        var server = serve(parts, 1, echoOr((message, replies) -> {
            throw new IOException("fails");
        }));
        Connection failing = endpoint.connect();
        failing.writeLine("fail");
        assertEnds(failing);
        assertThat(server.drain(GRACE).completed()).isOne();
        assertThat(server.statistics().failed()).isOne();
    }

    @Test
    void aHandlerThatBeginsAsNothingIsAFailure() throws Exception {
        try (var server = serve(parts(), 1, MessageHandler.perConversation(NothingToBeginWith::new))) {
            Connection client = endpoint.connect();
            assertEnds(client);
            ended.acquire();
            assertThat(server.statistics().failed()).isOne();
        }
        assertThat(told).hasValue(1);
    }

    /** What the type forbids, if anything looks at it. */
    private static final class NothingToBeginWith implements MessageHandler {

        @Override
        @SuppressWarnings("NullAway")
        public MessageHandler begin(Replies replies) {
            return null;
        }

        @Override
        public void handle(ByteBuffer message, Replies replies) {}
    }
}
