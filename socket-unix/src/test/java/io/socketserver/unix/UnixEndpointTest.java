package io.socketserver.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.testkit.LeakCheck;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class UnixEndpointTest {

    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private final LeakCheck leaks = LeakCheck.begin();

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("s");
    }

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    @Test
    void addressAndUriOutliveClosing() throws Exception {
        Endpoint<Connection> endpoint = Unix.bind(path);
        endpoint.close();
        endpoint.close();
        assertThat(endpoint.address()).isEqualTo(UnixDomainSocketAddress.of(path));
        assertThat(endpoint.uri()).hasToString("unix:" + path);
    }

    @Test
    void acceptGivesUpWhenTheTimeIsOver() throws Exception {
        try (Endpoint<Connection> endpoint = Unix.bind(path)) {
            assertThat(endpoint.accept(Duration.ZERO)).isNull();
            assertThat(endpoint.accept(Duration.ofSeconds(-1))).isNull();
            assertThat(endpoint.accept(Duration.ofNanos(1))).isNull();
        }
    }

    @Test
    void bothEndsKnowThePublicPathAndHaveIdsOfTheirOwn() throws Exception {
        try (Endpoint<Connection> endpoint = Unix.bind(path);
                Connection client = Unix.connect(path);
                Connection server = endpoint.accept(FOREVER)) {
            assertThat(client.remoteAddress()).isEqualTo(UnixDomainSocketAddress.of(path));
            assertThat(client.localAddress()).isEqualTo(UnixDomainSocketAddress.of(""));
            assertThat(server.remoteAddress()).isEqualTo(UnixDomainSocketAddress.of(""));
            assertThat(server.localAddress()).isEqualTo(UnixDomainSocketAddress.of(path));
            assertThat(server.id()).isNotEqualTo(client.id());
        }
    }

    @Test
    void aWakeupThatComesEarlyEndsTheNextAcceptAndNoMore() throws Exception {
        try (Endpoint<Connection> endpoint = Unix.bind(path)) {
            endpoint.wakeup();
            endpoint.wakeup();
            assertThat(endpoint.accept(FOREVER)).isNull();
            assertThat(endpoint.accept(Duration.ZERO)).isNull();
            try (Connection client = Unix.connect(path);
                    Connection server = endpoint.accept(FOREVER)) {
                client.writeLine("on");
                assertThat(server.readLine()).isEqualTo("on");
            }
        }
    }

    @Test
    void anInterruptEndsAcceptAndKeepsTheListener() throws Exception {
        try (Endpoint<Connection> endpoint = Unix.bind(path)) {
            Thread.currentThread().interrupt();
            Connection none = endpoint.accept(FOREVER);
            boolean kept = Thread.interrupted();
            assertThat(none).isNull();
            assertThat(kept).isTrue();
            try (Connection client = Unix.connect(path);
                    Connection server = endpoint.accept(FOREVER)) {
                client.writeLine("still there");
                assertThat(server.readLine()).isEqualTo("still there");
            }
        }
    }

    @Test
    void stoppingEndsAWaitingAcceptAndRefusesClients() throws Exception {
        try (Endpoint<Connection> endpoint = Unix.bind(path)) {
            CountDownLatch begun = new CountDownLatch(1);
            FutureTask<Connection> accept = Background.run(() -> {
                begun.countDown();
                return endpoint.accept(FOREVER);
            });
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            endpoint.stopAccepting();
            assertThatThrownBy(accept::get).hasCauseInstanceOf(ClosedChannelException.class);
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> endpoint.accept(Duration.ZERO));
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> Unix.connect(path))
                    .withMessage("cannot connect to unix:" + path
                            + ": there is no such file, so no server is running there");
        }
    }

    @Test
    void whatCannotBeConnectedToIsExplained() throws Exception {
        Endpoint<Connection> endpoint = Unix.bind(path);
        Path stale = folder.resolve("stale");
        Files.createLink(stale, path);
        endpoint.close();
        refused(stale, "the server that made the socket has ended: Connection refused");
        refused(Files.createFile(folder.resolve("file")), "a regular file is there, not a socket");
        refused(folder, "a directory is there, not a socket");
        Path tooLong = Folder.pathOf(folder, SocketPath.LONGEST + 1);
        refused(tooLong, SocketPath.tooLong(tooLong));
        try (var datagrams = Unixgram.bind(path)) {
            refused(path, "Protocol wrong type for socket");
            assertThat(datagrams.accept(Duration.ZERO)).isNull();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Unix.connect(path, Duration.ofMillis(-1)))
                .withMessageContaining("zero");
    }

    private static void refused(Path path, String why) {
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> Unix.connect(path, Duration.ofSeconds(1)))
                .withMessage("cannot connect to unix:" + path + ": " + why);
    }

    @Test
    void aSymbolicLinkLeadsToTheServer() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), path);
        try (Endpoint<Connection> endpoint = Unix.bind(path);
                Connection client = Unix.connect(link);
                Connection server = endpoint.accept(FOREVER)) {
            client.writeLine("by link");
            assertThat(server.readLine()).isEqualTo("by link");
        }
    }
}
