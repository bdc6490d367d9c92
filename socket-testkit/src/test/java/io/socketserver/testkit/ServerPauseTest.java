package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.Server.State;
import java.time.Duration;
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
