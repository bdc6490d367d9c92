package io.socketserver.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Endpoint;
import io.socketserver.testkit.LeakCheck;
import java.net.BindException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramChannel;

/** The library that binds would delete what is there and open the socket to everybody; none of it is to be seen. */
@Timeout(60)
class UnixgramBindTest {

    private final LeakCheck leaks = LeakCheck.begin();

    @TempDir
    private Path folder;

    @BeforeAll
    static void load() {
        Junixsocket.require();
    }

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    @Test
    void onlyTheSocketIsThereWithItsModeAndOnlyUntilItIsClosed() throws Exception {
        Path path = folder.resolve("s");
        for (String mode : new String[] {"rw-------", "rw-rw----", "rwxrwxrwx"}) {
            try (Endpoint<Datagram> endpoint =
                    Unixgram.bind(path, UnixgramOptions.defaults().mode(mode))) {
                assertThat(Folder.names(folder)).containsExactly("s");
                assertThat(Folder.mode(path)).isEqualTo(mode);
                assertThat(endpoint.address()).isEqualTo(UnixDomainSocketAddress.of(path));
            }
            assertThat(Folder.names(folder)).isEmpty();
        }
    }

    @Test
    void whatMustNotBeTouchedIsLeftAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "precious");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("stale"));
        stale("stale");
        try (Endpoint<Datagram> datagrams = Unixgram.bind(folder.resolve("datagrams"));
                Endpoint<Connection> streams = Unix.bind(folder.resolve("streams"))) {
            List<String> before = new ArrayList<>(Folder.names(folder));
            refused(file, "a regular file is there, which is left alone");
            refused(link, "a symbolic link is there, which is left alone");
            refused(folder.resolve("datagrams"), "may be in use");
            refused(folder.resolve("streams"), "a server is listening there");
            assertThat(Folder.names(folder)).containsExactlyElementsOf(before);
            assertThat(file).hasContent("precious");
            assertThat(datagrams.accept(Duration.ZERO)).isNull();
            streams.accept(Duration.ofSeconds(10)).close();
        }
    }

    private static void refused(Path path, String why) throws Exception {
        Object before = Folder.identity(path);
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> Unixgram.bind(path))
                .withMessageStartingWith("cannot receive on unixgram:" + path + ": ")
                .withMessageContaining(why);
        assertThat(Folder.identity(path)).isEqualTo(before);
    }

    @Test
    void aStaleSocketIsReplaced() throws Exception {
        Path path = stale("s");
        try (Endpoint<Datagram> endpoint = Unixgram.bind(path);
                DatagramClient client = Unixgram.open(path)) {
            client.send(new byte[4]);
            assertThat(endpoint.accept(Duration.ofSeconds(10)).payload().remaining())
                    .isEqualTo(4);
        }
        assertThat(Folder.names(folder)).isEmpty();
    }

    @Test
    void everyPathUpToTheLimitWorks() throws Exception {
        for (int bytes = SocketPath.LONGEST - 9; bytes <= SocketPath.LONGEST; bytes++) {
            Path path = Folder.pathOf(folder, bytes);
            try (Endpoint<Datagram> endpoint = Unixgram.bind(path);
                    DatagramClient client = Unixgram.open(path)) {
                client.send(new byte[4]);
                endpoint.accept(Duration.ofSeconds(10)).send(ByteBuffer.allocate(3));
                assertThat(client.receive(Duration.ofSeconds(10)).remoteAddress())
                        .isEqualTo(endpoint.address());
            }
        }
        assertThat(Folder.names(folder)).isEmpty();
    }

    @Test
    void ofManyServersThatStartAtOnceOneWins() throws Exception {
        int servers = 4;
        for (int round = 0; round < 40; round++) {
            Path path = stale("s");
            CyclicBarrier together = new CyclicBarrier(servers);
            List<FutureTask<Endpoint<Datagram>>> starts = new ArrayList<>();
            for (int i = 0; i < servers; i++) {
                starts.add(Background.run(() -> {
                    together.await();
                    return Unixgram.bind(path);
                }));
            }
            List<Endpoint<Datagram>> winners = new ArrayList<>();
            for (FutureTask<Endpoint<Datagram>> start : starts) {
                try {
                    winners.add(start.get());
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(BindException.class);
                }
            }
            assertThat(winners).as("round " + round).hasSize(1);
            try (Endpoint<Datagram> winner = winners.get(0);
                    DatagramClient client = Unixgram.open(path)) {
                client.send(new byte[4]);
                assertThat(winner.accept(Duration.ofSeconds(10))).isNotNull();
            }
            assertThat(Folder.names(folder)).isEmpty();
        }
    }

    private Path stale(String name) throws Exception {
        Path path = folder.resolve(name);
        try (AFUNIXDatagramChannel dying = AFUNIXDatagramChannel.open()) {
            dying.setDeleteOnClose(false);
            dying.bind(GramSocket.address(path));
        }
        assertThat(path).exists();
        return path;
    }
}
