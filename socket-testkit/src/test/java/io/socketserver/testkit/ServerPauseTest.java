package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.Server;
import io.socketserver.api.Server.State;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ServerPauseTest extends ServerFixture {

    @Test
    void aPausedServerLeavesClientsInTheBacklog() throws Exception {
        try (var server = on().handle(ECHO)) {
            assertThat(server.pause()).isFalse();
            assertThat(server.resume()).isFalse();
            server.start();
            assertThat(server.resume()).isTrue();
            assertThat(server.pause()).isTrue();
            assertThat(server.pause()).isTrue();
            try (Connection client = endpoint.connect()) {
                client.writeLine("hello");
                assertThat(seen.count("accepted")).isZero();
                assertThat(server.resume()).isTrue();
                assertThat(client.readLine()).isEqualTo("hello");
            }
        }
        assertThat(seen.events())
                .containsSubsequence("NEW -> SERVING", "SERVING -> PAUSED", "PAUSED -> SERVING", "SERVING -> DRAINING");
    }

    @Test
    void aServerThatIsPausedAgainAtOnceGoesOn() throws Exception {
        try (var server = on().handle(ECHO).start()) {
            // Often, since it matters what the accepting thread has seen in between.
            for (int i = 0; i < 20_000; i++) {
                assertThat(server.pause()).isTrue();
                assertThat(server.resume()).isTrue();
            }
            assertThat(ask("hello")).isEqualTo("hello");
        }
    }

    /** It may be on its way already, or the accepting thread look once more before it goes to sleep. */
    @Test
    void whoIsAcceptedInTheMomentOfAPauseIsAdmittedAfterIt() throws Exception {
        CountDownLatch accepting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicReference<Thread> arrived = new AtomicReference<>();
        Endpoint<Connection> late = new ForwardingEndpoint<>(endpoint) {
            @Override
            public Connection accept(Duration timeout) throws IOException {
                accepting.countDown();
                await(goOn);
                // The pause has woken it, so that it may come back with nothing at first.
                Connection accepted = null;
                while (accepted == null) {
                    accepted = super.accept(timeout);
                }
                arrived.set(Thread.currentThread());
                return accepted;
            }
        };
        try (var server = Server.on(late).time(time).observe(seen).handle(ECHO).start();
                Connection client = endpoint.connect()) {
            accepting.await();
            assertThat(server.pause()).isTrue();
            client.writeLine("hello");
            goOn.countDown();
            while (arrived.get() == null || arrived.get().getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait();
            }
            assertThat(seen.count("accepted")).isZero();
            assertThat(server.resume()).isTrue();
            assertThat(client.readLine()).isEqualTo("hello");
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedIOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    @Test
    void aHandlerMayPauseItsServer() throws Exception {
        try (var server = on().handle(connection -> {
                    connection.server().orElseThrow().pause();
                    connection.writeLine("pausing");
                })
                .start()) {
            try (Connection client = endpoint.connect()) {
                assertThat(client.readLine()).isEqualTo("pausing");
            }
            try (Connection client = endpoint.connect()) {
                client.readTimeout(Duration.ofSeconds(1));
                Async<Boolean> late = Async.run(client::readLine);
                time.awaitWaiter(Duration.ofSeconds(1));
                time.advance(Duration.ofSeconds(1));
                assertThatThrownBy(late::join).isInstanceOf(java.net.SocketTimeoutException.class);
                assertThat(seen.count("accepted")).isOne();
                server.resume();
                assertThat(client.readLine()).isEqualTo("pausing");
            }
        }
    }

    @Test
    void aPausedServerCanEnd() throws Exception {
        try (var server = on().handle(ECHO).start()) {
            server.pause();
            server.shutdown();
            assertThat(server.awaitStopped(LONG)).isTrue();
            assertThat(server.resume()).isFalse();
            assertThat(server.pause()).isFalse();
            assertThat(server.state()).isEqualTo(State.DRAINING);
        }
    }

    @Test
    void anInterruptEndsAPausedServer() throws Exception {
        try (var server = on().handle(ECHO)) {
            Async<Boolean> flag = Async.call(() -> {
                server.serve();
                return Thread.currentThread().isInterrupted();
            });
            seen.await("NEW -> SERVING");
            server.pause();
            flag.interrupt();
            assertThat(flag.join()).isTrue();
            assertThat(server.state()).isEqualTo(State.DRAINING);
        }
    }
}
