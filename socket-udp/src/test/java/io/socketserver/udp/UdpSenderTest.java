package io.socketserver.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;

import io.socketserver.testkit.LeakCheck;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A full send buffer, which the loopback interface never has: a channel that says so although there is room. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UdpSenderTest {

    private final LeakCheck leaks = LeakCheck.begin();
    private DatagramChannel real;
    private DatagramChannel full;
    private UdpEndpoint receiver;
    private UdpSender sender;

    @BeforeEach
    void open() throws Exception {
        real = DatagramChannel.open();
        real.configureBlocking(false);
        full = mock(DatagramChannel.class, delegatesTo(real));
        receiver = Udp.bind("127.0.0.1", 0);
        sender = new UdpSender(full, UdpOptions.defaults());
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        sender.close();
        real.close();
        receiver.close();
        leaks.assertNone();
    }

    @Test
    void whatFindsTheBufferFullIsSentLater() throws Exception {
        doReturn(0)
                .doReturn(0)
                .doAnswer(call -> real.send(call.getArgument(0), call.getArgument(1)))
                .when(full)
                .send(any(ByteBuffer.class), any());
        ByteBuffer payload = Texts.buffer("in the end");
        sender.send(payload, receiver.address());
        assertThat(payload.hasRemaining()).isFalse();
        assertThat(Texts.of(receiver.accept(Texts.PATIENCE))).isEqualTo("in the end");
        assertThat(receiver.accept(Duration.ZERO)).isNull();
    }

    @Test
    void anInterruptEndsTheWaitAndKeepsTheFlag() throws Exception {
        doReturn(0).when(full).send(any(ByteBuffer.class), any());
        Thread.currentThread().interrupt();
        InetSocketAddress to = receiver.address();
        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> sender.send(Texts.buffer("never"), to));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(real.isOpen()).isTrue();
    }

    @Test
    void closingEndsTheWait() throws Exception {
        CountDownLatch tried = new CountDownLatch(3);
        doAnswer(call -> {
                    tried.countDown();
                    return 0;
                })
                .when(full)
                .send(any(ByteBuffer.class), any());
        FutureTask<Void> sending = new FutureTask<>(() -> {
            sender.send(Texts.buffer("never"), receiver.address());
            return null;
        });
        Thread thread = new Thread(sending);
        thread.start();
        assertThat(tried.await(20, TimeUnit.SECONDS)).isTrue();
        sender.close();
        assertThatThrownBy(sending::get).hasCauseInstanceOf(ClosedChannelException.class);
        thread.join();
    }
}
