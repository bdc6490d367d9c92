package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.DrainReport;
import io.socketserver.api.Handler;
import io.socketserver.api.Limits;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.ServerBuilder;
import io.socketserver.api.TimeLimit;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class ServerDeadlinesTest {

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration CUT_GRACE = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration JUST_BEFORE = LIMIT.minusNanos(2);
    private static final Duration REST = Duration.ofNanos(2);

    private final LeakCheck leaks = LeakCheck.begin();
    private final VirtualTime time = new VirtualTime();
    private final MemoryEndpoint endpoint =
            MemoryEndpoint.bind("test", MemoryOptions.defaults().time(time).capacity(16));
    private final Recorder seen = new Recorder();
    private final LogCapture log = new LogCapture();
    private final Queue<String> thrown = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Thread> handling = new LinkedBlockingQueue<>();

    private ServerBuilder<Connection> on(Limits limits) {
        return Server.on(endpoint).time(time).limits(limits).observe(seen).onError(seen);
    }

    /** Notes who handles, and what its operations throw. */
    private <R extends Request> Handler<R> noting(Handler<R> handler) {
        return request -> {
            handling.add(Thread.currentThread());
            try {
                handler.handle(request);
            } catch (Exception e) {
                thrown.add(String.valueOf(e.getMessage()).replaceFirst("^.* (?=was closed)", ""));
                throw e;
            }
        };
    }

    @AfterEach
    void leavesNothing() {
        log.close();
        leaks.assertNone();
        assertThat(log.messages()).isEmpty();
    }

    /** Waits until a handler has begun, and blocks. */
    private void awaitBlocked() throws InterruptedException {
        Async.awaitBlocked(handling.take());
    }

    private void assertExact() throws Exception {
        awaitBlocked();
        time.awaitWaiter(LIMIT);
        time.advance(JUST_BEFORE);
        time.awaitWaiter(REST);
        time.advance(REST);
    }

    private void assertCutOff(Server<?> server, Connection client, TimeLimit limit) throws Exception {
        seen.await("ended");
        assertThat(client.readLine()).isNull();
        assertThat(seen.events()).containsSubsequence("accepted", limit.toString(), "ended");
        assertThat(seen.events()).noneMatch(event -> event.startsWith("failed") || event.startsWith("disconn"));
        assertThat(server.statistics().timedOut(limit)).isOne();
        assertThat(thrown).containsExactly("was closed, since its " + limit + " of 300000 ms is over");
        client.close();
        assertThat(server.drain(GRACE)).isEqualTo(new DrainReport(1, 0, 0, Duration.ZERO));
    }

    @ParameterizedTest
    @EnumSource
    void aReadThatWaitsTooLongEndsItsRequest(Strategy strategy) throws Exception {
        var server = on(Limits.none().readTimeout(LIMIT))
                .dispatch(strategy.create())
                .handle(noting(Connection::readLine))
                .start();
        Connection client = endpoint.connect();
        assertExact();
        assertCutOff(server, client, TimeLimit.READ_TIMEOUT);
    }

    @ParameterizedTest
    @EnumSource
    void aWriteThatWaitsTooLongEndsItsRequest(Strategy strategy) throws Exception {
        var server = on(Limits.none().writeTimeout(LIMIT))
                .dispatch(strategy.create())
                .handle(noting(connection -> connection.write(new byte[17])))
                .start();
        Connection client = endpoint.connect();
        assertExact();
        seen.await("ended");
        assertThat(client.readLine(16)).hasSize(16);
        assertCutOff(server, client, TimeLimit.WRITE_TIMEOUT);
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatMovesNothingEnds(Strategy strategy) throws Exception {
        var server = on(Limits.none().idleTimeout(LIMIT))
                .dispatch(strategy.create())
                .handle(noting(Connection::readLine))
                .start();
        Connection client = endpoint.connect();
        assertExact();
        assertCutOff(server, client, TimeLimit.IDLE_TIMEOUT);
    }

    @ParameterizedTest
    @EnumSource
    void aRequestThatTakesTooLongEndsWhateverItMoves(Strategy strategy) throws Exception {
        var server = on(Limits.none().requestDeadline(LIMIT))
                .dispatch(strategy.create())
                .handle(noting(connection -> {
                    for (String line = connection.readLine(); line != null; line = connection.readLine()) {
                        connection.writeLine(line);
                    }
                }))
                .start();
        Connection client = endpoint.connect();
        time.awaitWaiter(LIMIT);
        for (int minute = 1; minute < 5; minute++) {
            client.writeLine("still here");
            assertThat(client.readLine()).isEqualTo("still here");
            time.advance(Duration.ofMinutes(1));
            time.awaitWaiter(LIMIT.minusMinutes(minute));
        }
        time.advance(Duration.ofMinutes(1));
        assertCutOff(server, client, TimeLimit.REQUEST_DEADLINE);
    }

    @Test
    void aWriteWithATimeoutOfItsOwnIsNotIdle() throws Exception {
        var server = on(Limits.none().idleTimeout(LIMIT))
                .dispatch(Strategy.THREADS.create())
                .handle(noting(connection -> {
                    connection.writeTimeout(LIMIT.multipliedBy(10));
                    connection.write(new byte[3 * 16]);
                }))
                .start();
        Connection client = endpoint.connect();
        awaitBlocked();
        time.awaitWaiter(LIMIT);
        time.advance(LIMIT.minusMinutes(1));
        assertThat(client.input().readNBytes(16)).hasSize(16);
        time.advance(LIMIT.minusMinutes(1));
        // It has been looked at, and is to be again after another whole limit.
        time.awaitWaiter(LIMIT);
        assertThat(client.input().readAllBytes()).hasSize(2 * 16);
        client.close();
        assertThat(server.drain(GRACE).completed()).isOne();
        assertThat(server.statistics().timedOut(TimeLimit.IDLE_TIMEOUT)).isZero();
    }

    @Test
    void whatMovesIsNotIdleAndEachReadHasTheWholeTime() throws Exception {
        var server = on(Limits.none().idleTimeout(LIMIT).readTimeout(LIMIT))
                .dispatch(Strategy.THREADS.create())
                .handle(connection -> {
                    for (String line = connection.readLine(); line != null; line = connection.readLine()) {
                        connection.writeLine(line);
                    }
                })
                .start();
        Connection client = endpoint.connect();
        time.awaitWaiter(LIMIT);
        for (int i = 0; i < 20; i++) {
            time.advance(Duration.ofMinutes(4));
            client.writeLine("still here");
            assertThat(client.readLine()).isEqualTo("still here");
        }
        client.close();
        seen.await("ended");
        assertThat(server.statistics().completed()).isOne();
        server.close();
    }

    @Test
    void aHandlerThatComputesIsInterruptedAtItsDeadline() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        var server = on(Limits.none().requestDeadline(LIMIT))
                .dispatch(Strategy.THREADS.create())
                .handle(noting(connection -> never.await()))
                .start();
        Connection client = endpoint.connect();
        assertExact();
        seen.await("ended");
        assertThat(thrown).containsExactly("null");
        assertThat(server.statistics().timedOut(TimeLimit.REQUEST_DEADLINE)).isOne();
        client.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerThatEndsItsServerKeepsItsDeadline(Strategy strategy) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        var server = on(Limits.none().requestDeadline(LIMIT))
                .dispatch(strategy.create())
                .handle(noting(connection -> {
                    connection.server().orElseThrow().close();
                    seen.note("closed");
                    never.await();
                }))
                .start();
        Connection client = endpoint.connect();
        seen.await("closed");
        time.advance(LIMIT);
        seen.await("ended");
        assertThat(client.readLine()).isNull();
        assertThat(server.statistics().timedOut(TimeLimit.REQUEST_DEADLINE)).isOne();
        client.close();
    }

    @Test
    void aHandlerThatIgnoresTheInterruptIsAbandonedAndKeepsItsPlace() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        var server = on(Limits.none().requestDeadline(LIMIT).maxConnections(1))
                .dispatch(Strategy.THREADS.create())
                .handle(noting(connection -> ignoringInterrupts(goOn)))
                .start();
        Connection client = endpoint.connect();
        assertExact();
        time.awaitWaiter(CUT_GRACE);
        assertThat(seen.count("abandoned")).isZero();
        time.advance(CUT_GRACE);
        seen.await("abandoned");
        assertThat(server.statistics().abandoned()).isOne();
        Connection second = endpoint.connect();
        assertThat(server.statistics().received()).isOne();
        goOn.countDown();
        seen.await("accepted", 2);
        seen.await("ended", 2);
        assertThat(server.statistics().abandoned()).isZero();
        client.close();
        second.close();
        assertThat(server.drain(GRACE).completed()).isEqualTo(2);
        assertThat(seen.count("abandoned")).isOne();
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
    void aRequestThatNobodyHasBegunEndsToo() throws Exception {
        Forgetful forgetful = new Forgetful();
        var server = on(Limits.none().requestDeadline(LIMIT))
                .dispatch(forgetful)
                .handle(noting(Connection::readLine))
                .start();
        Connection client = endpoint.connect();
        forgetful.full.await();
        time.awaitWaiter(LIMIT);
        time.advance(LIMIT);
        assertThat(client.readLine()).isNull();
        seen.await("ended");
        assertThat(thrown).isEmpty();
        assertThat(forgetful.discarded).hasSameElementsAs(forgetful.taken).hasSize(1);
        assertThat(server.statistics().timedOut(TimeLimit.REQUEST_DEADLINE)).isOne();
        client.close();
        server.close();
    }

    /** Takes tasks, and does nothing with them. */
    private static final class Forgetful extends Strategy.Threads {
        private final Queue<Runnable> taken = new ConcurrentLinkedQueue<>();
        private final Queue<Runnable> discarded = new ConcurrentLinkedQueue<>();
        private final CountDownLatch full = new CountDownLatch(1);

        @Override
        public void execute(Runnable task) {
            taken.add(task);
            full.countDown();
        }

        @Override
        public void discard(Runnable task) {
            discarded.add(task);
        }
    }

    @Test
    void aDatagramsReplyIsNotSentAfterItsDeadline() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        MemoryDatagramEndpoint datagrams = MemoryDatagramEndpoint.bind();
        var server = Server.on(datagrams)
                .time(time)
                .limits(Limits.none().requestDeadline(LIMIT).readTimeout(Duration.ofNanos(1)))
                .dispatch(Strategy.THREADS.create())
                .observe(seen)
                .onError(seen)
                .handle(noting((Datagram datagram) -> {
                    datagram.output().write('!');
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        datagram.send(ByteBuffer.allocate(1));
                    }
                }))
                .start();
        try (var client = datagrams.client()) {
            client.send(new byte[1]);
            assertExact();
            seen.await("ended");
            assertThat(seen.count(TimeLimit.REQUEST_DEADLINE.toString())).isOne();
            assertThat(thrown).containsExactly("was closed, since its request deadline of 300000 ms is over");
            assertThat(server.statistics().bytesIn()).isOne();
            assertThat(server.statistics().bytesOut()).isZero();
        }
        server.close();
    }

    @Test
    void manyRequestsEachHaveTheirOwnTime() throws Exception {
        var server = on(Limits.none().readTimeout(LIMIT).requestDeadline(LIMIT.multipliedBy(10)))
                .dispatch(Strategy.THREADS.create())
                .handle(noting(Connection::readLine))
                .start();
        int many = 50;
        Connection[] clients = new Connection[many];
        for (int i = 0; i < many; i++) {
            clients[i] = endpoint.connect();
            awaitBlocked();
            time.awaitWaiter(LIMIT.minusSeconds(Math.min(i, 299)));
            time.advance(Duration.ofSeconds(1));
        }
        time.advance(LIMIT.minusSeconds(many));
        for (int i = 0; i < many; i++) {
            seen.await("ended", i + 1);
            assertThat(clients[i].readLine()).isNull();
            assertThat(server.statistics().active()).isEqualTo(many - i - 1);
            clients[i].close();
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(server.statistics().timedOut(TimeLimit.READ_TIMEOUT)).isEqualTo(many);
        server.close();
    }
}
