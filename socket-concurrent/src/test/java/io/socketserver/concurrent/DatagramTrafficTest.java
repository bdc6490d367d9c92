package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.socketserver.api.Datagram;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies in frames, whole and cut short. */
class DatagramTrafficTest {

    private static final byte[] FRAMES = {0, 0, 0, 1, 'a', 0, 0, 0, 0, 0, 0, 0, 3, 'b', 'c', 'd'};

    private final List<String> sent = new ArrayList<>();

    private void answer(int bytes) throws Exception {
        InetSocketAddress nobody = new InetSocketAddress(0);
        Datagram datagram = Datagram.of(
                ByteBuffer.allocate(0), false, nobody, nobody, (reply, to) -> sent.add(LoopServer.text(reply)));
        new DatagramTraffic(datagram, true).answer(new ByteArrayInputStream(FRAMES, 0, bytes));
    }

    @Test
    void eachFrameIsADatagram() throws Exception {
        answer(FRAMES.length);
        assertThat(sent).containsExactly("a", "", "bcd");
    }

    @Test
    void aFrameThatIsCutShortIsNotSent() {
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> answer(FRAMES.length - 1))
                .withMessage("a reply of 3 bytes was announced, and the output ended after 2 of them");
        assertThat(sent).containsExactly("a", "");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void norIsOneWithoutItsLength(int bytes) {
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> answer(bytes));
        assertThat(sent).isEmpty();
    }
}
