package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A memory connection behaves as a blocking TCP connection does. */
@Timeout(20)
class MemoryPairTest {

    private final LeakCheck leaks = LeakCheck.begin();
    private final VirtualTime time = new VirtualTime();
    private final MemoryPair pair =
            MemoryPair.open(MemoryOptions.defaults().capacity(4).time(time));
    private final Connection client = pair.client();
    private final Connection server = pair.server();

    @AfterEach
    void leavesNothing() throws IOException {
        pair.close();
        leaks.assertNone();
    }

    /** Waits until a thread is blocked: it has nothing else to do than what it was started for. */
    private static void awaitBlocked(Async<?> async) {
        Async.awaitBlocked(async.thread());
    }

    @Test
    void bytesGoBothWays() throws Exception {
        client.write(new byte[] {1, 2});
        server.write(new byte[] {3});
        byte[] target = new byte[4];
        assertThat(server.read(target)).isEqualTo(2);
        assertThat(target).startsWith(1, 2);
        assertThat(client.read(target, 3, 1)).isOne();
        assertThat(target).endsWith(3);
        assertThat(client.read(ByteBuffer.allocate(0))).isZero();
    }

    @Test
    void aReaderWaitsForAWriter() throws Exception {
        Async<String> line = Async.call(server::readLine);
        awaitBlocked(line);
        client.writeLine("abc");
        assertThat(line.join()).isEqualTo("abc");
    }

    @Test
    void aWriterWaitsForRoom() throws Exception {
        Async<Boolean> write = Async.run(() -> client.write(new byte[6]));
        awaitBlocked(write);
        assertThat(server.read(new byte[4])).isEqualTo(4);
        assertThat(write.join()).isTrue();
        assertThat(server.read(new byte[4])).isEqualTo(2);
    }

    @Test
    void aHalfCloseEndsOneDirection() throws Exception {
        client.write(new byte[] {1});
        client.shutdownOutput();
        client.shutdownOutput();
        assertThatThrownBy(() -> client.write(new byte[1])).isInstanceOf(ClosedChannelException.class);
        assertThat(server.read(new byte[4])).isOne();
        assertThat(server.read(new byte[4])).isEqualTo(-1);
        server.writeLine("bye");
        assertThat(client.readLine()).isEqualTo("bye");
    }

    @Test
    void aHalfCloseEndsAReadThatWaits() throws Exception {
        Async<String> line = Async.call(server::readLine);
        awaitBlocked(line);
        client.shutdownOutput();
        assertThat(line.join()).isNull();
    }

    @Test
    void whatIsWrittenToAnInputThatIsShutDownIsDropped() throws Exception {
        client.write(new byte[] {1});
        server.shutdownInput();
        assertThat(server.read(new byte[4])).isEqualTo(-1);
        client.write(new byte[100]);
        assertThat(server.read(new byte[4])).isEqualTo(-1);
        server.write(new byte[] {2});
        assertThat(client.read(new byte[4])).isOne();
    }

    @Test
    void shuttingDownInputEndsAReadThatWaits() throws Exception {
        Async<String> line = Async.call(server::readLine);
        awaitBlocked(line);
        server.shutdownInput();
        assertThat(line.join()).isNull();
    }

    @Test
    void shuttingDownInputFreesAWriterThatWaits() throws Exception {
        Async<Boolean> write = Async.run(() -> client.write(new byte[6]));
        awaitBlocked(write);
        server.shutdownInput();
        assertThat(write.join()).isTrue();
    }

    @Test
    void aClosedEndIsReadToItsLastByteAndCannotBeWrittenTo() throws Exception {
        client.write(new byte[] {1, 2});
        client.close();
        client.close();
        assertThat(client.isOpen()).isFalse();
        assertThat(server.isOpen()).isTrue();
        assertThatThrownBy(() -> server.write(new byte[1]))
                .isInstanceOf(DisconnectedException.class)
                .hasMessageContaining("broken pipe");
        assertThat(server.read(new byte[4])).isEqualTo(2);
        assertThat(server.read(new byte[4])).isEqualTo(-1);
    }

    @Test
    void aClosedEndDoesNothingAnyMore() throws Exception {
        client.close();
        assertThatThrownBy(() -> client.read(new byte[1])).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> client.write(new byte[1])).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(client::shutdownInput).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(client::shutdownOutput).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> client.readTimeout(Duration.ZERO)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> client.writeTimeout(Duration.ZERO)).isInstanceOf(ClosedChannelException.class);
        assertThat(client.localAddress()).hasToString("memory:pair#1");
        assertThat(client.remoteAddress()).hasToString("memory:pair#2");
    }

    @Test
    void closingEndsWhatWaits() throws Exception {
        Async<String> read = Async.call(client::readLine);
        Async<Boolean> write = Async.run(() -> client.write(new byte[6]));
        awaitBlocked(read);
        awaitBlocked(write);
        client.close();
        assertThatThrownBy(read::join).isInstanceOf(AsynchronousCloseException.class);
        assertThatThrownBy(write::join).isInstanceOf(AsynchronousCloseException.class);
    }

    @Test
    void closingEndsWhatThePeerWaitsFor() throws Exception {
        Async<Boolean> write = Async.run(() -> client.write(new byte[6]));
        Async<String> read = Async.call(client::readLine);
        awaitBlocked(write);
        awaitBlocked(read);
        server.close();
        assertThatThrownBy(write::join).isInstanceOf(DisconnectedException.class);
        assertThat(read.join()).isNull();
    }

    @Test
    void anInterruptClosesAsNioDoes() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Async<Boolean> flag = Async.call(() -> {
            assertThatThrownBy(client::readLine).isInstanceOf(ClosedByInterruptException.class);
            boolean kept = Thread.interrupted();
            done.await();
            return kept;
        });
        awaitBlocked(flag);
        flag.interrupt();
        assertThat(server.readLine()).isNull();
        done.countDown();
        assertThat(flag.join()).isTrue();
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void anInterruptBeforehandClosesToo() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> client.write(new byte[1])).isInstanceOf(ClosedByInterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void aReadTimeoutLeavesTheConnectionUsable() throws Exception {
        server.readTimeout(Duration.ofSeconds(3));
        assertThat(server.readTimeout()).isEqualTo(Duration.ofSeconds(3));
        client.write(new byte[] {'a'});
        Async<String> line = Async.call(server::readLine);
        time.awaitWaiter(Duration.ofSeconds(3));
        time.advance(Duration.ofSeconds(3));
        assertThatThrownBy(line::join)
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("3000 ms");
        client.write(new byte[] {'b', '\n'});
        assertThat(server.readLine()).isEqualTo("ab");
    }

    @Test
    void aReadTimeoutCanBeTakenBack() throws Exception {
        server.readTimeout(Duration.ofSeconds(3));
        server.readTimeout(Duration.ZERO);
        Async<String> line = Async.call(server::readLine);
        awaitBlocked(line);
        time.advance(Duration.ofDays(1));
        client.writeLine("abc");
        assertThat(line.join()).isEqualTo("abc");
        assertThatThrownBy(() -> server.readTimeout(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWriteTimeoutBoundsTheWholeWriteAndTellsHowFarItCame() throws Exception {
        client.writeTimeout(Duration.ofSeconds(3));
        ByteBuffer source = ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7});
        Async<Boolean> write = Async.run(() -> client.write(source));
        time.awaitWaiter(Duration.ofSeconds(3));
        time.advance(Duration.ofSeconds(2));
        assertThat(server.read(new byte[2])).isEqualTo(2);
        time.awaitWaiter(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(1));
        assertThatThrownBy(write::join)
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("3000 ms");
        assertThat(source.position()).isEqualTo(6);
        Async<Boolean> rest = Async.run(() -> client.write(source));
        byte[] received = server.input().readNBytes(5);
        assertThat(rest.join()).isTrue();
        assertThat(received).containsExactly(3, 4, 5, 6, 7);
    }

    @Test
    void aTimeoutSetWhileSomethingWaitsCountsFromThen() throws Exception {
        Async<String> line = Async.call(server::readLine);
        Async<Boolean> write = Async.run(() -> server.write(new byte[6]));
        awaitBlocked(line);
        awaitBlocked(write);
        time.advance(Duration.ofDays(1));
        server.readTimeout(Duration.ofSeconds(2));
        server.writeTimeout(Duration.ofSeconds(3));
        time.awaitWaiter(Duration.ofSeconds(2));
        time.awaitWaiter(Duration.ofSeconds(3));
        time.advance(Duration.ofSeconds(2));
        assertThatThrownBy(line::join).isInstanceOf(SocketTimeoutException.class);
        time.advance(Duration.ofSeconds(1));
        assertThatThrownBy(write::join).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void bytesOfOneWriteAreNotMixedWithAnothers() throws Exception {
        Async<Boolean> first =
                Async.run(() -> client.write("aaaaaaaaaa\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        Async<Boolean> second =
                Async.run(() -> client.write("bbbbbbbbbb\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(new String[] {server.readLine(), server.readLine()})
                .containsExactlyInAnyOrder("aaaaaaaaaa", "bbbbbbbbbb");
        assertThat(first.join()).isEqualTo(second.join());
    }

    @Test
    void streamsReadAndWriteThrough() throws Exception {
        client.output().write(200);
        assertThat(server.input().read()).isEqualTo(200);
        client.output().write(new byte[] {1, 2, 3}, 1, 1);
        assertThat(server.input().read(new byte[0])).isZero();
        assertThat(server.input().read()).isEqualTo(2);
        client.output().close();
        assertThat(client.isOpen()).isFalse();
        assertThat(server.input().read()).isEqualTo(-1);
        server.input().close();
        assertThat(server.isOpen()).isFalse();
    }
}
