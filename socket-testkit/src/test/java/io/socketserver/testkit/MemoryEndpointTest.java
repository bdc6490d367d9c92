package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MemoryEndpointTest {

    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private final LeakCheck leaks = LeakCheck.begin();
    private final VirtualTime time = new VirtualTime();
    private final MemoryEndpoint endpoint =
            MemoryEndpoint.bind("echo", MemoryOptions.defaults().backlog(2).time(time));

    @AfterEach
    void leavesNothing() {
        endpoint.close();
        leaks.assertNone();
    }

    @Test
    void connectsAtOnceAndAcceptsInOrder() throws Exception {
        Connection first = endpoint.connect();
        Connection second = endpoint.connect();
        first.writeLine("first");
        second.writeLine("second");
        assertThat(endpoint.accept(Duration.ZERO).readLine()).isEqualTo("first");
        assertThat(endpoint.accept(FOREVER).readLine()).isEqualTo("second");
        assertThat(endpoint.accept(Duration.ZERO)).isNull();
    }

    @Test
    void addressesTellTheEndsApart() throws Exception {
        Connection client = endpoint.connect();
        Connection server = endpoint.accept(Duration.ZERO);
        assertThat(endpoint.address()).hasToString("memory:echo").isEqualTo(new MemoryAddress("echo", 0));
        assertThat(endpoint.uri()).isEqualTo(URI.create("memory:echo"));
        assertThat(endpoint).hasToString("memory:echo");
        assertThat(server.localAddress()).isEqualTo(endpoint.address());
        assertThat(server.remoteAddress())
                .hasToString("memory:echo#1")
                .isEqualTo(client.localAddress())
                .hasSameHashCodeAs(client.localAddress());
        assertThat(client.remoteAddress()).isEqualTo(server.localAddress());
        assertThat(endpoint.connect().localAddress()).isNotEqualTo(client.localAddress());
        assertThat(((MemoryAddress) client.localAddress()).name()).isEqualTo("echo");
        assertThat(((MemoryAddress) client.localAddress()).number()).isOne();
    }

    @Test
    void namesAreOptionalButNotEmpty() {
        assertThat(MemoryEndpoint.bind().uri())
                .isNotEqualTo(MemoryEndpoint.bind().uri());
        assertThat(MemoryEndpoint.bind("two words").uri()).hasToString("memory:two%20words");
        assertThatThrownBy(() -> MemoryEndpoint.bind("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> MemoryOptions.defaults().backlog(0)).hasMessage("a backlog must be 1 or more, not 0");
        assertThatThrownBy(() -> MemoryOptions.defaults().capacity(-1))
                .hasMessage("a capacity must be 1 or more, not -1");
    }

    @Test
    void aFullBacklogRefuses() throws Exception {
        endpoint.connect();
        endpoint.connect();
        assertThatThrownBy(endpoint::connect)
                .isInstanceOf(ConnectException.class)
                .hasMessage("the backlog of memory:echo is full: 2 connections wait to be accepted");
        assertThat(endpoint.accept(Duration.ZERO)).isNotNull();
        assertThat(endpoint.connect()).isNotNull();
    }

    @Test
    void stoppingResetsTheBacklogAndRefuses() throws Exception {
        Connection accepted = endpoint.connect();
        Connection server = endpoint.accept(Duration.ZERO);
        Connection waiting = endpoint.connect();
        endpoint.stopAccepting();
        endpoint.stopAccepting();
        assertThatThrownBy(waiting::readLine).isInstanceOf(DisconnectedException.class);
        assertThatThrownBy(() -> waiting.writeLine("hello")).isInstanceOf(DisconnectedException.class);
        assertThatThrownBy(endpoint::connect)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("refused")
                .hasMessageContaining("memory:echo");
        endpoint.close();
        endpoint.close();
        server.writeLine("lives on");
        assertThat(accepted.readLine()).isEqualTo("lives on");
        assertThat(endpoint.address()).hasToString("memory:echo");
    }

    @Test
    void acceptingAfterTheEndFails() {
        endpoint.stopAccepting();
        endpoint.wakeup();
        assertThatThrownBy(() -> endpoint.accept(Duration.ZERO)).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void acceptingThatWaitsEndsWithTheEndpoint() throws Exception {
        Async<Connection> accept = Async.call(() -> endpoint.accept(Duration.ofHours(1)));
        time.awaitWaiters(1);
        endpoint.stopAccepting();
        assertThatThrownBy(accept::join).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void timeoutsAreExact() throws Exception {
        Async<Connection> accept = Async.call(() -> endpoint.accept(Duration.ofSeconds(5)));
        time.awaitWaiter(Duration.ofSeconds(5));
        time.advance(Duration.ofSeconds(5).minusNanos(1));
        time.awaitWaiter(Duration.ofNanos(1));
        assertThat(accept.thread().isAlive()).isTrue();
        time.advance(Duration.ofNanos(1));
        assertThat(accept.join()).isNull();
        assertThat(endpoint.accept(Duration.ofSeconds(-1))).isNull();
    }

    @Test
    void aWakeupIsRememberedOnce() throws Exception {
        endpoint.connect();
        endpoint.wakeup();
        endpoint.wakeup();
        assertThat(endpoint.accept(FOREVER)).isNull();
        assertThat(endpoint.accept(FOREVER)).isNotNull();
        assertThat(endpoint.accept(Duration.ZERO)).isNull();
    }

    @Test
    void aWakeupEndsTheAcceptThatWaits() throws Exception {
        Async<Connection> accept = Async.call(() -> endpoint.accept(Duration.ofHours(1)));
        time.awaitWaiters(1);
        endpoint.wakeup();
        assertThat(accept.join()).isNull();
    }

    @Test
    void anInterruptEndsTheAcceptAndIsKept() throws Exception {
        Async<Boolean> flag = Async.call(() -> {
            assertThat(endpoint.accept(Duration.ofHours(1))).isNull();
            return Thread.currentThread().isInterrupted();
        });
        time.awaitWaiters(1);
        flag.interrupt();
        assertThat(flag.join()).isTrue();
        assertThat(endpoint.connect()).isNotNull();
    }

    @Test
    void anInterruptBeforehandEndsTheAcceptToo() throws Exception {
        Thread.currentThread().interrupt();
        assertThat(endpoint.accept(FOREVER)).isNull();
        assertThat(Thread.interrupted()).isTrue();
    }
}
