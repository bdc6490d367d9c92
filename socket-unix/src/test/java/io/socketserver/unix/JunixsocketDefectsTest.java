package io.socketserver.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.testkit.LeakCheck;
import java.io.FileOutputStream;
import java.net.DatagramPacket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.ConnectionRefusedSocketException;
import org.newsclub.net.unix.FileDescriptorCast;

/** What junixsocket 2.11.1 does that this module works around: when one of these fails, a workaround can go. */
@Timeout(30)
class JunixsocketDefectsTest {

    private final LeakCheck leaks = LeakCheck.begin();

    @TempDir
    private Path folder;

    private Path path;
    private AFUNIXDatagramChannel server;
    private AFUNIXDatagramChannel client;

    @BeforeAll
    static void load() {
        Junixsocket.require();
    }

    @BeforeEach
    void open() throws Exception {
        path = folder.resolve("s");
        server = AFUNIXDatagramChannel.open();
        server.bind(GramSocket.address(path));
        client = AFUNIXDatagramChannel.open();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        client.close();
        server.close();
        leaks.assertNone();
    }

    @Test
    void bindDeletesARegularFileAndOpensTheSocketToEverybody() throws Exception {
        Path precious = Files.writeString(folder.resolve("precious"), "precious");
        client.bind(GramSocket.address(precious));
        assertThat(Files.isRegularFile(precious)).isFalse();
        assertThat(Folder.mode(precious)).isEqualTo("rw-rw-rw-");
    }

    @Test
    void aRefusedSendClosesTheSender() throws Exception {
        server.setDeleteOnClose(false);
        server.close();
        assertThatExceptionOfType(ConnectionRefusedSocketException.class)
                .isThrownBy(() -> client.send(ByteBuffer.allocate(1), GramSocket.address(path)));
        assertThat(client.getFileDescriptor().valid()).isFalse();
    }

    @Test
    void theChannelSendsNoEmptyDatagramsAndTakesThoseThatComeForNone() throws Exception {
        server.configureBlocking(false);
        assertThat(client.send(ByteBuffer.allocate(0), GramSocket.address(path)))
                .isZero();
        try (Selector selector = server.provider().openSelector()) {
            server.register(selector, SelectionKey.OP_READ);
            assertThat(selector.selectNow()).isZero();
            sendEmpty();
            assertThat(selector.selectNow()).isEqualTo(1);
            assertThat(server.receive(ByteBuffer.allocate(9))).isNull();
            selector.selectedKeys().clear();
            assertThat(selector.selectNow()).isZero();
            sendEmpty();
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> server.socket().receive(new DatagramPacket(new byte[9], 9)));
        }
    }

    private void sendEmpty() throws Exception {
        DatagramPacket empty = new DatagramPacket(new byte[0], 0);
        empty.setAddress(GramSocket.address(path).wrapAddress());
        client.socket().send(empty);
    }

    @Test
    void aSenderThatIsNotBoundIsGivenTheWildcardAddressOfIpv4() throws Exception {
        client.send(ByteBuffer.allocate(1), GramSocket.address(path));
        DatagramPacket packet = new DatagramPacket(new byte[9], 9);
        server.socket().receive(packet);
        assertThat(packet.getAddress()).isNull();
        assertThat(packet.getSocketAddress().toString()).contains("0.0.0.0");
    }

    @Test
    void aSelectWithoutEndDoesNotWait() throws Exception {
        server.configureBlocking(false);
        try (Selector selector = server.provider().openSelector()) {
            server.register(selector, SelectionKey.OP_READ);
            assertThat(selector.select(0)).isZero();
        }
    }

    @Test
    void closingADuplicateLeavesItsDescriptorOpen() throws Exception {
        AFUNIXDatagramChannel duplicate =
                FileDescriptorCast.duplicating(server.getFileDescriptor()).as(AFUNIXDatagramChannel.class);
        duplicate.setShutdownOnClose(false);
        duplicate.setDeleteOnClose(false);
        duplicate.close();
        assertThat(duplicate.getFileDescriptor().valid()).isTrue();
        assertThatThrownBy(leaks::assertNone).hasMessageContaining("socket:");
        new FileOutputStream(duplicate.getFileDescriptor()).close();
    }
}
