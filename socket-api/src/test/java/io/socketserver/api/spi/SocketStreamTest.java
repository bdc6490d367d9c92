package io.socketserver.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.InOrder;

@Timeout(30)
class SocketStreamTest {

    private static final Duration LONG = SocketPair.LONG;
    private static final Duration SHORT = Duration.ofMillis(10);

    private final List<SocketPair> pairs = new ArrayList<>();

    @AfterEach
    void closes() throws Exception {
        for (SocketPair pair : pairs) {
            pair.close();
        }
        SocketPair.awaitPollerEnd();
    }

    private SocketPair open() throws IOException {
        pairs.add(SocketPair.open());
        return pairs.get(pairs.size() - 1);
    }

    private SocketPair openTimed() throws IOException {
        pairs.add(SocketPair.openTimed());
        return pairs.get(pairs.size() - 1);
    }

    @Test
    void withoutTimeoutsItBlocksAndHasNoPoller() throws Exception {
        SocketPair pair = open();
        pair.near().readTimeout(Duration.ZERO);
        pair.near().writeTimeout(Duration.ZERO);
        pair.near().write(bytes(3));
        assertThat(pair.far().read(ByteBuffer.allocate(8))).isEqualTo(3);
        assertThat(pair.nearChannel().isBlocking()).isTrue();
        assertThat(SocketPair.poller()).isEmpty();
    }

    @Test
    void whatWasUsedWithoutTimeoutsTakesNone() throws Exception {
        SocketPair pair = open();
        pair.near().write(bytes(1));
        pair.far().read(ByteBuffer.allocate(1));
        for (SocketStream used : List.of(pair.near(), pair.far())) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> used.readTimeout(LONG))
                    .withMessageContaining("before the first read and write");
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> used.writeTimeout(LONG));
            used.readTimeout(Duration.ZERO);
        }
        pair.near().write(bytes(1));
        assertThat(pair.far().read(ByteBuffer.allocate(1))).isOne();
    }

    @Test
    void timeoutsCanChangeAtAnyTimeOnceThereWasOne() throws Exception {
        SocketStream near = openTimed().near();
        near.readTimeout(Duration.ZERO);
        near.write(bytes(1));
        near.readTimeout(SHORT);
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> near.read(ByteBuffer.allocate(1)))
                .withMessage("nothing came within 10 ms");
        near.readTimeout(Duration.ofNanos(1));
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> near.read(ByteBuffer.allocate(1)));
        assertThat(near.read(ByteBuffer.allocate(0))).isZero();
    }

    @Test
    void aLimitLongerThanNanosecondsCountHasNoEnd() throws Exception {
        SocketPair pair = openTimed();
        pair.near().readTimeout(Duration.ofSeconds(Long.MAX_VALUE));
        Started<Integer> read =
                Started.call(() -> pair.near().read(ByteBuffer.allocate(1))).awaitParked();
        pair.far().write(bytes(1));
        assertThat(read.join()).isOne();
    }

    @Test
    void theFirstTimeoutsMayBeSetAtOnce() throws Exception {
        for (int round = 0; round < 200; round++) {
            try (SocketPair pair = SocketPair.open()) {
                CyclicBarrier together = new CyclicBarrier(2);
                Started<Boolean> other = Started.call(() -> {
                    together.await();
                    pair.near().writeTimeout(LONG);
                    return true;
                });
                together.await();
                pair.near().readTimeout(LONG);
                assertThat(other.join()).isTrue();
                Started<Integer> read = Started.call(() -> pair.near().read(ByteBuffer.allocate(1)))
                        .awaitParked();
                // Reaches the reader only if both have set it on the same.
                pair.near().readTimeout(Duration.ofNanos(1));
                assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(read::join);
            }
        }
    }

    @Test
    void theFirstReadAndTheFirstTimeoutDoNotMeetHalfWay() throws Exception {
        for (int round = 0; round < 200; round++) {
            try (SocketPair pair = SocketPair.open()) {
                CyclicBarrier together = new CyclicBarrier(2);
                Started<Integer> read = Started.call(() -> {
                    together.await();
                    return pair.near().read(ByteBuffer.allocate(8));
                });
                together.await();
                try {
                    pair.near().readTimeout(LONG);
                } catch (IllegalStateException e) {
                    assertThat(pair.nearChannel().isBlocking()).isTrue();
                }
                pair.far().write(bytes(1));
                assertThat(read.join()).isOne();
            }
        }
    }

    @Test
    void closingWhileItChangesLeavesNothing() throws Exception {
        for (int round = 0; round < 200; round++) {
            SocketPair pair = open();
            CyclicBarrier together = new CyclicBarrier(2);
            Started<Boolean> closing = Started.call(() -> {
                together.await();
                pair.near().close();
                return true;
            });
            together.await();
            try {
                pair.near().readTimeout(LONG);
            } catch (ClosedChannelException e) {
                assertThat(pair.near().isOpen()).isFalse();
            }
            assertThat(closing.join()).isTrue();
            // The poller ends, as after the test.
            closes();
        }
    }

    @Test
    void aTimeoutThatComesWhileItClosesIsClosedAsWell() throws Exception {
        SocketChannel channel = mock(SocketChannel.class);
        SocketStream stream = SocketStream.of(channel, new InetSocketAddress(1), new InetSocketAddress(2));
        when(channel.isOpen()).thenReturn(true);
        when(channel.register(any(), anyInt(), any())).thenAnswer(call -> {
            SelectionKey key = mock(SelectionKey.class);
            when(key.selector()).thenReturn(call.getArgument(0));
            return key;
        });
        doAnswer(call -> {
                    stream.readTimeout(LONG);
                    return null;
                })
                .doNothing()
                .when(channel)
                .close();
        stream.close();
        // Which it does when it has no sockets any more.
        SocketPair.awaitPollerEnd();
    }

    @Test
    void endingADirectionWakesItsWaiter() throws Exception {
        for (int round = 0; round < 50; round++) {
            SocketPair pair = openTimed();
            Started<Integer> read =
                    Started.call(() -> pair.near().read(ByteBuffer.allocate(1))).awaitParked();
            Started<Integer> write = writeWithoutEnd(pair.near());
            pair.near().shutdownInput();
            assertThat(read.join()).isEqualTo(-1);
            pair.near().shutdownOutput();
            // Not a broken pipe, which would mean that the peer is gone.
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(write::join);
        }
    }

    @Test
    void closingWakesReaderAndWriter() throws Exception {
        SocketPair pair = openTimed();
        Started<Integer> read =
                Started.call(() -> pair.near().read(ByteBuffer.allocate(1))).awaitParked();
        Started<Integer> write = writeWithoutEnd(pair.near());
        pair.near().close();
        pair.near().close();
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(read::join);
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(write::join);
        assertThatExceptionOfType(ClosedChannelException.class)
                .isThrownBy(() -> pair.near().read(ByteBuffer.allocate(1)));
        assertThatExceptionOfType(ClosedChannelException.class)
                .isThrownBy(() -> pair.near().readTimeout(LONG));
    }

    @Test
    void anInterruptClosesAndKeepsTheFlag() throws Exception {
        SocketStream near = openTimed().near();
        Started<Boolean> read = Started.call(() -> {
                    assertThatExceptionOfType(ClosedByInterruptException.class)
                            .isThrownBy(() -> near.read(ByteBuffer.allocate(1)));
                    return Thread.interrupted();
                })
                .awaitParked();
        read.thread().interrupt();
        assertThat(read.join()).isTrue();
        assertThat(near.isOpen()).isFalse();
    }

    @Test
    void aWriteIsBoundedAsAWholeHoweverItProgresses() throws Exception {
        SocketPair pair = openTimed();
        Started<Integer> full = writeWithoutEnd(pair.near());
        pair.near().writeTimeout(Duration.ofNanos(1));
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(full::join)
                .withMessageStartingWith("the peer did not take all within");
        pair.near().writeTimeout(Duration.ofMillis(100));
        Started<Boolean> reader = Started.call(() -> {
            ByteBuffer one = ByteBuffer.allocate(1);
            while (pair.far().read(one.clear()) >= 0) {
                Thread.onSpinWait();
            }
            return true;
        });
        ByteBuffer source = bytes(1 << 27);
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> pair.near().write(source));
        assertThat(source.hasRemaining()).isTrue();
        pair.far().shutdownInput();
        assertThat(reader.join()).isTrue();
    }

    @Test
    void anArrayGoesToTheSystemInPieces() throws Exception {
        SocketChannel channel = mock(SocketChannel.class);
        List<Integer> sizes = new ArrayList<>();
        when(channel.write(any(ByteBuffer.class))).thenAnswer(call -> {
            ByteBuffer source = call.getArgument(0);
            sizes.add(source.remaining());
            source.position(source.limit());
            return sizes.get(sizes.size() - 1);
        });
        when(channel.read(any(ByteBuffer.class))).thenAnswer(call -> ((ByteBuffer) call.getArgument(0)).remaining());
        SocketStream stream = SocketStream.of(channel, new InetSocketAddress(1), new InetSocketAddress(2));
        ByteBuffer source = ByteBuffer.allocate(300_000).position(1);
        assertThat(stream.write(source)).isEqualTo(299_999);
        assertThat(source.hasRemaining()).isFalse();
        assertThat(sizes).containsExactly(131_072, 131_072, 37_855);
        ByteBuffer target = ByteBuffer.allocate(300_000);
        assertThat(stream.read(target)).isEqualTo(131_072);
        assertThat(target.limit()).isEqualTo(300_000);
    }

    @Test
    void aChangeThatFailsIsTakenBack() throws Exception {
        SocketChannel channel = mock(SocketChannel.class);
        when(channel.isOpen()).thenReturn(true);
        IOException failure = new IOException("no descriptor left");
        when(channel.register(any(), anyInt(), any())).thenAnswer(call -> {
            throw failure;
        });
        SocketStream stream = SocketStream.of(channel, new InetSocketAddress(1), new InetSocketAddress(2));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> stream.readTimeout(LONG))
                .isSameAs(failure);
        InOrder order = inOrder(channel);
        order.verify(channel).configureBlocking(false);
        order.verify(channel).configureBlocking(true);
        when(channel.read(any(ByteBuffer.class))).thenReturn(7);
        assertThat(stream.read(ByteBuffer.allocate(8))).isEqualTo(7);
    }

    private static Started<Integer> writeWithoutEnd(SocketStream stream) {
        Started<Integer> write = Started.call(() -> {
            while (stream.isOpen()) {
                stream.write(bytes(1 << 16));
            }
            throw new ClosedChannelException();
        });
        return write.awaitParked();
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count);
    }
}
