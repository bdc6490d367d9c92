package io.socketserver.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class ServerDatagramTest {

    private static final Duration LONG = Duration.ofSeconds(15);
    /** Written for streams and datagrams alike. */
    private static final Handler<Request> UPPER = request -> request.output()
            .write(new String(request.input().readAllBytes(), UTF_8)
                    .toUpperCase(Locale.ROOT)
                    .getBytes(UTF_8));

    private final LeakCheck leaks = LeakCheck.begin();
    private final MemoryDatagramEndpoint endpoint = MemoryDatagramEndpoint.bind();
    private final DatagramClient client = endpoint.client();
    private final Recorder seen = new Recorder();

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    private Server<Datagram> server(Strategy strategy, Handler<? super Datagram> handler) {
        // Time that stands still: who is cut off has as much as it needs to end.
        return Server.on(endpoint)
                .time(new VirtualTime())
                .dispatch(strategy.create())
                .observe(seen)
                .onError(seen)
                .handle(handler)
                .start();
    }

    private void send(String text) throws Exception {
        client.send(text.getBytes(UTF_8));
    }

    private String receive() throws Exception {
        return UTF_8.decode(client.receive(LONG).payload()).toString();
    }

    private void assertNothingArrived() throws Exception {
        assertThatThrownBy(() -> client.receive(Duration.ZERO)).isInstanceOf(SocketTimeoutException.class);
    }

    @ParameterizedTest
    @EnumSource
    void theReplyIsSentWhenTheHandlerEnds(Strategy strategy) throws Exception {
        try (var server = server(strategy, UPPER)) {
            send("hello");
            assertThat(receive()).isEqualTo("HELLO");
            assertThat(server.address()).isEqualTo(endpoint.address());
        }
        assertNothingArrived();
    }

    @ParameterizedTest
    @EnumSource
    void theReplyOfAHandlerThatFailsIsDiscarded(Strategy strategy) throws Exception {
        try (var server = server(strategy, datagram -> {
            datagram.output().write("half".getBytes(UTF_8));
            if (datagram.payload().hasRemaining()) {
                throw new IllegalStateException();
            }
        })) {
            send("fail");
            seen.await("ended");
            assertNothingArrived();
            send("");
            assertThat(receive()).isEqualTo("half");
            assertThat(server.draining()).isFalse();
        }
        assertThat(seen.count("failed IllegalStateException")).isOne();
    }

    @Test
    void repliesWrittenInPiecesAreOneDatagram() throws Exception {
        try (var server = server(Strategy.SEQUENTIAL, datagram -> {
            datagram.output().write('a');
            datagram.output().write('b');
            datagram.output().flush();
            datagram.output().write("cd".getBytes(UTF_8));
        })) {
            send("");
            assertThat(receive()).isEqualTo("abcd");
            assertThat(server.draining()).isFalse();
        }
        assertNothingArrived();
    }

    @Test
    void nothingIsSentUnlessAskedFor() throws Exception {
        try (var server = server(Strategy.SEQUENTIAL, datagram -> {
            if (!datagram.payload().hasRemaining()) {
                datagram.send(ByteBuffer.allocate(0));
            }
        })) {
            send("no answer");
            send("");
            assertThat(receive()).isEmpty();
            assertThat(server.draining()).isFalse();
        }
        assertNothingArrived();
    }

    @Test
    void sentAtOnceIsApartFromTheReply() throws Exception {
        try (var server = server(Strategy.SEQUENTIAL, datagram -> {
            datagram.output().write('2');
            datagram.send(UTF_8.encode("1"));
        })) {
            send("");
            assertThat(receive()).isEqualTo("1");
            assertThat(receive()).isEqualTo("2");
            assertThat(server.draining()).isFalse();
        }
    }

    @Test
    void repliesGoOutWhileTheServerDrains() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        var server = server(Strategy.THREADS, datagram -> {
            goOn.await();
            UPPER.handle(datagram);
        });
        send("late");
        seen.await("accepted");
        Async<Long> completed = Async.call(() -> server.drain(LONG).completed());
        seen.await("SERVING -> DRAINING");
        goOn.countDown();
        assertThat(receive()).isEqualTo("LATE");
        assertThat(completed.join()).isOne();
    }

    @Test
    void aRequestCutOffSendsNothing() throws Exception {
        var server = server(Strategy.THREADS, datagram -> {
            datagram.output().write("half".getBytes(UTF_8));
            seen.note("written");
            new CountDownLatch(1).await();
        });
        send("");
        seen.await("written");
        assertThat(server.drain(Duration.ZERO).closedAtGrace()).isOne();
        assertNothingArrived();
    }

    @Test
    void aRequestThatIsOverCannotBeAnswered() throws Exception {
        CompletableFuture<Datagram> kept = new CompletableFuture<>();
        try (var server = server(Strategy.SEQUENTIAL, kept::complete)) {
            send("");
            seen.await("ended");
            assertThatThrownBy(() -> kept.get().output().write('a')).isInstanceOf(ClosedChannelException.class);
            assertThatThrownBy(() -> kept.get().send(ByteBuffer.allocate(1)))
                    .isInstanceOf(ClosedChannelException.class);
            assertThat(server.draining()).isFalse();
        }
        assertNothingArrived();
    }
}
