package io.socketserver.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.mockito.ArgumentMatchers;

@Timeout(60)
class TimedPollerTest {

    @Test
    void itsThreadLivesAsLongAsThereAreSocketsWithTimeouts() throws Exception {
        assertThat(SocketPair.poller()).isEmpty();
        SocketPair first = SocketPair.openTimed();
        SocketPair second = SocketPair.openTimed();
        Thread poller = SocketPair.poller().orElseThrow();
        assertThat(poller.isDaemon()).isTrue();
        assertThat(poller.getContextClassLoader()).isNull();
        first.close();
        second.near().close();
        assertThat(SocketPair.poller()).containsSame(poller);
        second.far().close();
        poller.join();
        try (SocketPair third = SocketPair.openTimed()) {
            assertThat(SocketPair.poller()).isPresent();
            third.far().write(ByteBuffer.allocate(1));
            assertThat(third.near().read(ByteBuffer.allocate(1))).isOne();
        }
        SocketPair.awaitPollerEnd();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aClosedSocketIsReleasedWhileOthersAreOpen() throws Exception {
        try (SocketPair other = SocketPair.openTimed()) {
            long before = SocketPair.openSockets();
            for (int round = 0; round < 20; round++) {
                SocketPair pair = SocketPair.openTimed();
                Started<Integer> read = Started.call(() -> pair.near().read(ByteBuffer.allocate(1)))
                        .awaitParked();
                pair.close();
                assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(read::join);
            }
            while (SocketPair.openSockets() > before) {
                Thread.onSpinWait();
            }
            assertThat(other.near().isOpen()).isTrue();
        }
        SocketPair.awaitPollerEnd();
    }

    @Test
    void socketsComeAndGoWhileItsThreadEnds() throws Exception {
        for (int round = 0; round < 300; round++) {
            try (SocketPair pair = SocketPair.openTimed()) {
                Started<Integer> read = Started.call(() -> pair.near().read(ByteBuffer.allocate(1)));
                pair.far().write(ByteBuffer.allocate(1));
                assertThat(read.join()).isOne();
            }
        }
        SocketPair.awaitPollerEnd();
    }

    @Test
    void noWakeupIsLostUnderStress() throws Exception {
        List<SocketPair> pairs = new ArrayList<>();
        List<Started<Integer>> players = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            SocketPair pair = SocketPair.openTimed();
            pairs.add(pair);
            players.add(Started.call(() -> play(pair.near(), true)));
            players.add(Started.call(() -> play(pair.far(), false)));
        }
        for (Started<Integer> player : players) {
            assertThat(player.join()).isEqualTo(5000);
        }
        for (SocketPair pair : pairs) {
            pair.close();
        }
        SocketPair.awaitPollerEnd();
    }

    // One byte to and fro: a signal that is missed once stops it.
    private static int play(SocketStream stream, boolean first) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        int steps = 0;
        if (first) {
            stream.write(one.clear());
        }
        while (steps < 5000 && stream.read(one.clear()) == 1) {
            steps++;
            if (!first || steps < 5000) {
                stream.write(one.flip());
            }
            if (steps % 7 == 0) {
                stream.readTimeout(Duration.ofHours(1));
            }
        }
        return steps;
    }

    @Test
    void readersAndWritersOfOneSocketAllGetTheirTurn() throws Exception {
        try (SocketPair pair = SocketPair.openTimed()) {
            int each = 1 << 20;
            List<Started<Integer>> writers = new ArrayList<>();
            List<Started<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                writers.add(Started.call(() -> pair.near().write(ByteBuffer.allocate(each))));
                readers.add(Started.call(() -> drain(pair.far())));
            }
            for (Started<Integer> writer : writers) {
                assertThat(writer.join()).isEqualTo(each);
            }
            pair.near().shutdownOutput();
            int total = 0;
            for (Started<Integer> reader : readers) {
                total += reader.join();
            }
            assertThat(total).isEqualTo(3 * each);
        }
        SocketPair.awaitPollerEnd();
    }

    private static int drain(SocketStream stream) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(1000);
        int total = 0;
        for (int count = stream.read(target); count >= 0; count = stream.read(target.clear())) {
            total += count;
        }
        return total;
    }

    @Test
    void whenItFailsItsSocketsAreClosedInsteadOfWaitingForEver() throws Exception {
        for (Throwable failure : List.of(new IOException("epoll"), new OutOfMemoryError("test"))) {
            closesItsSockets(failure);
        }
        SocketPair.awaitPollerEnd();
    }

    private static void closesItsSockets(Throwable failure) throws Exception {
        Selector selector = mock(Selector.class);
        CountDownLatch both = new CountDownLatch(1);
        when(selector.select(ArgumentMatchers.<Consumer<SelectionKey>>any())).thenAnswer(call -> {
            both.await();
            throw failure;
        });
        CountDownLatch closed = new CountDownLatch(1);
        doAnswer(call -> {
                    closed.countDown();
                    return null;
                })
                .when(selector)
                .close();
        TimedPoller poller = new TimedPoller(() -> selector);
        TimedSocket stubborn = register(poller, selector);
        doThrow(new IllegalStateException("not closed")).when(stubborn).close();
        TimedSocket socket = register(poller, selector);
        both.countDown();
        closed.await();
        verify(stubborn).close();
        verify(socket).close();
    }

    private static TimedSocket register(TimedPoller poller, Selector selector) throws IOException {
        TimedSocket socket = mock(TimedSocket.class);
        SelectionKey key = mock(SelectionKey.class);
        when(key.attachment()).thenReturn(socket);
        SocketChannel channel = mock(SocketChannel.class);
        when(channel.register(selector, 0, socket)).thenReturn(key);
        assertThat(poller.register(channel, socket)).isSameAs(key);
        return socket;
    }
}
