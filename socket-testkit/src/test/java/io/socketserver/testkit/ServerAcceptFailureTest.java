package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Server;
import io.socketserver.api.Server.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ServerAcceptFailureTest {

    private static final List<Integer> PAUSES = List.of(5, 10, 20, 40, 80, 160, 320, 640, 1000, 1000);

    private final LeakCheck leaks = LeakCheck.begin();
    private final VirtualTime time = new VirtualTime();
    private final MemoryEndpoint memory =
            MemoryEndpoint.bind("test", MemoryOptions.defaults().time(time));
    private final FailingEndpoint endpoint = new FailingEndpoint(memory);
    private final Recorder seen = new Recorder();
    private final LogCapture log = new LogCapture();
    private Server<Connection> server;

    @BeforeEach
    void build() {
        server = Server.on(endpoint)
                .time(time)
                .observe(seen)
                .onError(seen)
                .handle(connection -> connection.writeLine("hello"));
    }

    @AfterEach
    void leavesNothing() {
        server.close();
        log.close();
        leaks.assertNone();
    }

    private void assertServes() throws Exception {
        try (Connection client = memory.connect()) {
            assertThat(client.readLine()).isEqualTo("hello");
        }
    }

    /** Lives through an episode of so many failures. */
    private void endure(int failures) throws InterruptedException {
        for (int pause : PAUSES.subList(0, failures)) {
            time.awaitWaiter(Duration.ofMillis(pause));
            time.advance(Duration.ofMillis(pause));
        }
    }

    @Test
    void pausesDoubleUpToASecondAndThenItGoesOn() throws Exception {
        endpoint.fail(PAUSES.size());
        server.start();
        endure(PAUSES.size());
        assertServes();
        assertThat(seen.events())
                .containsSubsequence(PAUSES.stream()
                        .map(pause -> "accept failed, pause " + pause)
                        .toList());
        assertThat(log.messages())
                .containsExactly(
                        "accept failed on memory:test and is tried again, at the latest every 1 s:"
                                + " java.io.IOException: " + FailingEndpoint.MESSAGE,
                        "accept works again on memory:test, after " + PAUSES.size() + " failures");
    }

    @Test
    void eachEpisodeBeginsAnewButTheLogIsSparedWhatComesAtOnce() throws Exception {
        endpoint.fail(3);
        endpoint.succeed();
        endpoint.fail(2);
        server.start();
        endure(3);
        assertServes();
        endure(2);
        assertServes();
        assertThat(seen.count("accept failed, pause 5")).isEqualTo(2);
        assertThat(seen.count("accept failed, pause 20")).isOne();
        assertThat(log.messages()).hasSize(2);
        // First, since the server may yet have to go back to accepting.
        time.advance(Duration.ofSeconds(1));
        endpoint.fail(1);
        endpoint.succeed();
        endpoint.wakeup();
        endure(1);
        assertServes();
        assertThat(log.messages()).hasSize(4);
        assertThat(log.messages().get(3)).endsWith("after 3 failures");
    }

    @Test
    void itStopsInTheMiddleOfAPause() throws Exception {
        endpoint.fail(1000);
        server.start();
        endure(4);
        time.awaitWaiter(Duration.ofMillis(80));
        server.shutdown();
        assertThat(server.awaitStopped(Duration.ofSeconds(1))).isTrue();
        assertThat(seen.count("accept failed, pause 160")).isZero();
    }

    @Test
    void serveOneDoesNotOutlastItsTimeInAPause() throws Exception {
        endpoint.fail(1000);
        Async<Boolean> served = Async.call(() -> server.serveOne(Duration.ofMillis(8)));
        time.awaitWaiter(Duration.ofMillis(5));
        time.advance(Duration.ofMillis(5));
        // The next pause would be of 10 ms.
        time.awaitWaiter(Duration.ofMillis(3));
        time.advance(Duration.ofMillis(3));
        assertThat(served.join()).isFalse();
        assertThat(seen.count("timed out")).isOne();
    }

    @Test
    void anInterruptEndsThePauseAndTheServer() throws Exception {
        endpoint.fail(1000);
        Async<Boolean> flag = Async.call(() -> {
            server.serve();
            return Thread.currentThread().isInterrupted();
        });
        time.awaitWaiter(Duration.ofMillis(5));
        flag.interrupt();
        assertThat(flag.join()).isTrue();
        assertThat(server.state()).isEqualTo(State.DRAINING);
    }

    @Test
    void serveOneTriesAgainAfterThePause() throws Exception {
        endpoint.fail(2);
        try (Connection client = memory.connect()) {
            Async<Boolean> served = Async.call(() -> server.serveOne(Duration.ofHours(1)));
            endure(2);
            assertThat(served.join()).isTrue();
            assertThat(client.readLine()).isEqualTo("hello");
        }
    }

    @Test
    void anErrorThatCannotBeToldDoesNotEndIt() throws Exception {
        Queue<Error> errors = new ConcurrentLinkedQueue<>(List.of(new Untold()));
        server = Server.on(new FailingEndpoint(memory) {
                    @Override
                    public Connection accept(Duration timeout) throws IOException {
                        Error error = errors.poll();
                        if (error != null) {
                            throw error;
                        }
                        return super.accept(timeout);
                    }
                })
                .time(time)
                .handle(connection -> connection.writeLine("hello"))
                .start();
        assertServes();
        assertThat(log.messages()).singleElement().asString().contains("could not accept");
    }

    @Test
    void anEndpointThatDoesNotStopKeepsNobodyWaiting() throws Exception {
        server = Server.on(new FailingEndpoint(memory) {
                    @Override
                    public void stopAccepting() {
                        throw new IllegalStateException("it does not stop");
                    }
                })
                .time(time)
                .handle(connection -> connection.writeLine("hello"))
                .start();
        assertServes();
        server.shutdown();
        assertThat(server.awaitStopped(Duration.ofHours(1))).isTrue();
    }

    /** Says nothing about itself. */
    private static final class Untold extends Error {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("there is no memory for that");
        }
    }
}
