package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Server.State;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ServeOneTest extends ServerFixture {

    @Test
    void serveOneServesOne() throws Exception {
        try (var server = on().handle(ECHO);
                var first = endpoint.connect();
                var second = endpoint.connect()) {
            first.writeLine("one");
            second.writeLine("two");
            assertThat(server.serveOne(Duration.ZERO)).isTrue();
            assertThat(first.readLine()).isEqualTo("one");
            assertThat(seen.count("accepted")).isOne();
            assertThat(server.state()).isEqualTo(State.SERVING);
            assertThat(server.serveOne(LONG)).isTrue();
            assertThat(second.readLine()).isEqualTo("two");
        }
    }

    @Test
    void serveOneTellsObserversThatItRanOutOfTime() throws Exception {
        try (var server = on().handle(ECHO)) {
            assertThat(server.serveOne(Duration.ZERO)).isFalse();
            assertThat(seen.count("timed out")).isOne();
            Async<Boolean> serving = Async.call(() -> server.serveOne(Duration.ofHours(1)));
            time.awaitWaiter(Duration.ofHours(1));
            time.advance(Duration.ofHours(1).minusNanos(1));
            time.awaitWaiter(Duration.ofNanos(1));
            assertThat(seen.count("timed out")).isOne();
            time.advance(Duration.ofNanos(1));
            assertThat(serving.join()).isFalse();
            assertThat(seen.count("timed out")).isEqualTo(2);
        }
    }

    @Test
    void serveOneGoesOnWaitingAfterAWakeup() throws Exception {
        try (var server = on().handle(ECHO)) {
            endpoint.wakeup();
            Async<Boolean> serving = Async.call(() -> server.serveOne(Duration.ofHours(1)));
            time.awaitWaiter(Duration.ofHours(1));
            endpoint.wakeup();
            assertThat(ask("hello")).isEqualTo("hello");
            assertThat(serving.join()).isTrue();
        }
    }

    @Test
    void serveOneOfAPausedServerRunsOutOfTime() throws Exception {
        try (var server = on().handle(ECHO);
                var client = endpoint.connect()) {
            client.writeLine("hello");
            assertThat(server.serveOne(Duration.ZERO)).isTrue();
            server.pause();
            assertThat(server.serveOne(Duration.ZERO)).isFalse();
            Async<Boolean> serving = Async.call(() -> server.serveOne(Duration.ofSeconds(1)));
            time.awaitWaiter(Duration.ofSeconds(1));
            time.advance(Duration.ofSeconds(1));
            assertThat(serving.join()).isFalse();
        }
        assertThat(seen.count("timed out")).isEqualTo(2);
    }

    @Test
    void shutdownEndsServeOne() throws Exception {
        try (var server = on().handle(ECHO)) {
            Async<Boolean> serving = Async.call(() -> server.serveOne(Duration.ofHours(1)));
            time.awaitWaiters(1);
            server.shutdown();
            assertThat(serving.join()).isFalse();
            assertThatThrownBy(endpoint::connect).isInstanceOf(ConnectException.class);
        }
        assertThat(seen.count("timed out")).isZero();
    }

    @Test
    void anInterruptOfServeOneIsAShutdown() throws Exception {
        try (var server = on().handle(ECHO)) {
            Async<Boolean> flag = Async.call(() -> {
                assertThat(server.serveOne(Duration.ofHours(1))).isFalse();
                return Thread.currentThread().isInterrupted();
            });
            time.awaitWaiters(1);
            flag.interrupt();
            assertThat(flag.join()).isTrue();
            assertThat(server.state()).isEqualTo(State.DRAINING);
        }
        assertThat(seen.count("timed out")).isZero();
    }
}
