package io.socketserver.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.testkit.LeakCheck;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the file system when a server binds and ends. */
@Timeout(60)
class UnixBindTest {

    private final LeakCheck leaks = LeakCheck.begin();

    @TempDir
    private Path folder;

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    @Test
    void onlyTheSocketIsThereAndOnlyUntilItIsClosed() throws Exception {
        Path path = folder.resolve("app.sock");
        try (Endpoint<Connection> endpoint = Unix.bind(path)) {
            assertThat(Folder.names(folder)).containsExactly("app.sock");
            assertThat(endpoint.address()).isEqualTo(UnixDomainSocketAddress.of(path));
            assertThat(endpoint.uri()).hasToString("unix:" + path);
        }
        assertThat(Folder.names(folder)).isEmpty();
    }

    @Test
    void theModeIsTheOneAskedFor() throws Exception {
        Path path = folder.resolve("s");
        try (Endpoint<Connection> endpoint = Unix.bind(path)) {
            assertThat(Folder.mode(path)).isEqualTo("rw-------");
            assertThat(endpoint).hasToString("unix:" + path);
        }
        for (String mode : new String[] {"rw-rw----", "rw-rw-rw-", "rwxrwxrwx", "-w-------"}) {
            Unix.bind(path, UnixOptions.defaults().mode(mode)).close();
            try (Endpoint<Connection> endpoint =
                    Unix.bind(path, UnixOptions.defaults().mode(mode))) {
                assertThat(Folder.mode(path)).isEqualTo(mode);
                assertThat(endpoint.address()).isNotNull();
            }
        }
    }

    @Test
    void aLiveServersSocketIsLeftAlone() throws Exception {
        Path path = folder.resolve("s");
        try (Endpoint<Connection> first = Unix.bind(path)) {
            Object before = Folder.identity(path);
            assertThatExceptionOfType(BindException.class)
                    .isThrownBy(() -> Unix.bind(path))
                    .withMessage("cannot listen on unix:" + path + ": a server is listening there");
            assertThat(Folder.identity(path)).isEqualTo(before);
            assertThat(Folder.names(folder)).containsExactly("s");
            first.accept(Duration.ofSeconds(10)).close(); // the probe
            try (Connection client = Unix.connect(path);
                    Connection server = first.accept(Duration.ofSeconds(10))) {
                client.writeLine("still there");
                assertThat(server.readLine()).isEqualTo("still there");
            }
        }
    }

    @Test
    void aLiveServersSocketIsLeftAloneWhenItsBacklogIsFull() throws Exception {
        Path path = folder.resolve("s");
        List<Connection> waiting = new ArrayList<>();
        try (Endpoint<Connection> first = Unix.bind(path, UnixOptions.defaults().backlog(1))) {
            Object before = Folder.identity(path);
            assertThatExceptionOfType(BacklogFullException.class)
                    .isThrownBy(() -> {
                        while (true) {
                            waiting.add(Unix.connect(path));
                        }
                    })
                    .withMessage("cannot connect to unix:" + path + ": its backlog is full, so try again later");
            assertThatExceptionOfType(BindException.class)
                    .isThrownBy(() -> Unix.bind(path))
                    .withMessageContaining("unix:" + path)
                    .withMessageContaining("may be in use")
                    .withMessageContaining("Resource temporarily unavailable");
            assertThat(Folder.identity(path)).isEqualTo(before);
            first.accept(Duration.ofSeconds(10)).close();
        }
        for (Connection connection : waiting) {
            connection.close();
        }
    }

    @Test
    void aStaleSocketIsReplaced() throws Exception {
        Path path = stale("s");
        try (Endpoint<Connection> endpoint = Unix.bind(path);
                Connection client = Unix.connect(path);
                Connection server = endpoint.accept(Duration.ofSeconds(10))) {
            client.writeLine("new");
            assertThat(server.readLine()).isEqualTo("new");
            assertThat(Folder.names(folder)).containsExactly("s");
        }
        assertThat(Folder.names(folder)).isEmpty();
    }

    @Test
    void whatIsNoSocketIsNamedAndLeftAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "precious");
        Path directory = Files.createDirectory(folder.resolve("directory"));
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nothing"));
        Path toStale = Files.createSymbolicLink(folder.resolve("link"), stale("stale"));
        Path fifo = folder.resolve("fifo");
        // Without pipes, which the runtime closes some time after the process has ended.
        ProcessBuilder mkfifo = new ProcessBuilder("mkfifo", fifo.toString()).inheritIO();
        assertThat(mkfifo.start().waitFor()).isZero();
        List<String> before = new ArrayList<>(Folder.names(folder));
        refused(file, "a regular file");
        refused(directory, "a directory");
        refused(dangling, "a symbolic link");
        refused(toStale, "a symbolic link");
        refused(fifo, "a pipe or a device");
        assertThat(Folder.names(folder)).containsExactlyElementsOf(before);
        assertThat(file).hasContent("precious");
    }

    private static void refused(Path path, String what) throws Exception {
        Object before = Folder.identity(path);
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> Unix.bind(path))
                .withMessage("cannot listen on unix:" + path + ": " + what + " is there, which is left alone");
        assertThat(Folder.identity(path)).isEqualTo(before);
    }

    @Test
    void aNameThatIsNoLongerOursIsLeftToItsOwner() throws Exception {
        Path path = folder.resolve("s");
        Endpoint<Connection> first = Unix.bind(path);
        Files.delete(path);
        try (Endpoint<Connection> second = Unix.bind(path)) {
            first.close();
            Unix.connect(path).close();
            second.accept(Duration.ofSeconds(10)).close();
        }
        Endpoint<Connection> third = Unix.bind(path);
        Files.delete(path);
        third.close();
        third.close();
    }

    @Test
    void anEndThatComesAgainLeavesTheNextServerAlone() throws Exception {
        Path path = folder.resolve("s");
        Endpoint<Connection> first = Unix.bind(path);
        first.stopAccepting();
        assertThat(path).doesNotExist();
        try (Endpoint<Connection> second = Unix.bind(path)) {
            first.close();
            assertThat(path).exists();
            assertThat(second.accept(Duration.ZERO)).isNull();
        }
    }

    @Test
    void everyPathUpToTheLimitWorksAndNoneBeyond() throws Exception {
        for (int bytes = SocketPath.LONGEST - 12; bytes <= SocketPath.LONGEST; bytes++) {
            Path path = Folder.pathOf(folder, bytes);
            // Its name is as short as can be, so that the private path is longer.
            Path deep = Files.createDirectories(
                            folder.resolve("d".repeat(bytes - folder.toString().length() - 3)))
                    .resolve("s");
            for (Path each : new Path[] {path, deep}) {
                assertThat(each.toString()).hasSize(bytes);
                try (Endpoint<Connection> endpoint = Unix.bind(each);
                        Connection client = Unix.connect(each);
                        Connection server = endpoint.accept(Duration.ofSeconds(10))) {
                    client.writeLine("long");
                    assertThat(server.readLine()).isEqualTo("long");
                }
                Path stale = stale(folder.relativize(each).toString());
                Unix.bind(stale).close();
            }
            assertThat(Folder.names(deep.getParent())).isEmpty();
        }
        Path tooLong = Folder.pathOf(folder, SocketPath.LONGEST + 1);
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> Unix.bind(tooLong))
                .withMessage("cannot listen on unix:" + tooLong + ": its path has " + (SocketPath.LONGEST + 1)
                        + " bytes, and a socket's path at most " + SocketPath.LONGEST
                        + " on this system: choose a shorter one");
    }

    @Test
    void bytesCountNotCharacters() {
        Path tooLong = folder.resolve("\u00e4".repeat(SocketPath.LONGEST / 2));
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> Unix.bind(tooLong))
                .withMessageContaining("bytes");
    }

    @Test
    void aMissingDirectoryIsNamed() {
        Path path = folder.resolve("missing/s");
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> Unix.bind(path))
                .withMessage("cannot listen on unix:" + path + ": its directory does not exist");
    }

    @Test
    void aPathMustNameAFile() {
        for (String bad : new String[] {"", "/"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Unix.bind(Path.of(bad)))
                    .withMessage("a socket's path must name a file, not '" + bad + "'");
        }
    }

    @Test
    void ofManyServersThatStartAtOnceOneWins() throws Exception {
        int servers = 4;
        for (int round = 0; round < 60; round++) {
            Path path = round % 2 == 0 ? stale("s" + round) : folder.resolve("s" + round);
            CyclicBarrier together = new CyclicBarrier(servers);
            List<FutureTask<Endpoint<Connection>>> starts = new ArrayList<>();
            for (int i = 0; i < servers; i++) {
                starts.add(Background.run(() -> {
                    together.await();
                    return Unix.bind(path);
                }));
            }
            List<Endpoint<Connection>> winners = new ArrayList<>();
            for (FutureTask<Endpoint<Connection>> start : starts) {
                try {
                    winners.add(start.get());
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(BindException.class);
                }
            }
            assertThat(winners).as("round " + round).hasSize(1);
            try (Endpoint<Connection> winner = winners.get(0)) {
                Connection accepted = winner.accept(Duration.ZERO);
                while (accepted != null) { // the probes of the others
                    accepted.close();
                    accepted = winner.accept(Duration.ZERO);
                }
                try (Connection client = Unix.connect(path);
                        Connection server = winner.accept(Duration.ofSeconds(10))) {
                    client.writeLine("winner");
                    assertThat(server.readLine()).isEqualTo("winner");
                }
            }
            assertThat(Folder.names(folder)).isEmpty();
        }
    }

    @Test
    void theLockOfAServerThatWasKilledIsNamed() throws Exception {
        Path path = stale("s");
        Path lock = Files.createFile(folder.resolve(".s.lock"));
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> Unix.bind(path))
                .withMessageContaining("another server is just replacing the stale socket there")
                .withMessageContaining(lock + " is to be removed");
        assertThat(Folder.names(folder)).containsExactly(".s.lock", "s");
    }

    @Test
    void aSocketOfDatagramsThatIsServedIsLeftAlone() throws Exception {
        Path path = folder.resolve("s");
        try (var datagrams = Unixgram.bind(path)) {
            assertThatExceptionOfType(BindException.class)
                    .isThrownBy(() -> Unix.bind(path))
                    .withMessageContaining("may be in use");
            assertThat(datagrams.accept(Duration.ZERO)).isNull();
        }
    }

    @Test
    void whatTookTheStaleOnesPlaceIsPutBack() throws Exception {
        Path path = folder.resolve("s");
        try (ServerSocketChannel foreign = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                PrivateFolder aside = PrivateFolder.beside(path)) {
            foreign.bind(UnixDomainSocketAddress.of(path));
            Object before = Folder.identity(path);
            assertThatExceptionOfType(BindException.class)
                    .isThrownBy(() -> StaleSocket.remove(path, new Occupant("a socket", true, "another"), aside))
                    .withMessage("another file has just come there");
            assertThat(Folder.identity(path)).isEqualTo(before);
            // The same identity, but served: it was given to a new file.
            assertThatExceptionOfType(BindException.class)
                    .isThrownBy(() -> StaleSocket.remove(path, new Occupant("a socket", true, before), aside))
                    .withMessage("a server is listening there");
            assertThat(Folder.identity(path)).isEqualTo(before);
            SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
        }
    }

    private Path stale(String name) throws Exception {
        Path path = folder.resolve(name);
        try (ServerSocketChannel dying = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dying.bind(UnixDomainSocketAddress.of(path));
        }
        return path;
    }
}
