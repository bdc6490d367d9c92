package io.socketserver.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.SocketStream;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryPair;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class UnixConnectionTest {

    private final LeakCheck leaks = LeakCheck.begin();

    @TempDir
    private Path folder;

    private Endpoint<Connection> endpoint;
    private Connection client;
    private Connection server;

    @BeforeEach
    void connect() throws Exception {
        UnixOptions options = UnixOptions.defaults().sendBuffer(20_000).receiveBuffer(30_000);
        endpoint = Unix.bind(folder.resolve("s"), options);
        client = Unix.connect(folder.resolve("s"), Duration.ofSeconds(10), options);
        server = endpoint.accept(ChronoUnit.FOREVER.getDuration());
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        client.close();
        server.close();
        endpoint.close();
        leaks.assertNone();
    }

    @Test
    void aMegabyteGoesThroughIntact() throws Exception {
        byte[] sent = new byte[1 << 20];
        new Random(1).nextBytes(sent);
        FutureTask<byte[]> received = Background.run(() -> server.input().readAllBytes());
        client.write(sent);
        client.shutdownOutput();
        assertThat(received.get()).isEqualTo(sent);
    }

    @Test
    void theOtherSideReadsTheEndAndCanStillAnswer() throws Exception {
        client.writeLine("question");
        client.shutdownOutput();
        assertThat(server.readLine()).isEqualTo("question");
        assertThat(server.readLine()).isNull();
        server.writeLine("answer");
        assertThat(client.readLine()).isEqualTo("answer");
    }

    @Test
    void aReadThatRunsOutOfTimeLeavesTheConnectionUsable() throws Exception {
        server.readTimeout(Duration.ofMillis(1));
        client.write("half a ".getBytes(StandardCharsets.US_ASCII));
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(server::readLine);
        server.writeLine("go on");
        assertThat(client.readLine()).isEqualTo("go on");
        client.writeLine("line");
        server.readTimeout(Duration.ZERO);
        assertThat(server.readLine()).isEqualTo("half a line");
    }

    @Test
    void aWriteThatRunsOutOfTimeLeavesTheConnectionUsable() throws Exception {
        server.writeTimeout(Duration.ofMillis(1));
        byte[] much = new byte[1 << 22];
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> server.write(much));
        client.writeLine("and back");
        assertThat(server.readLine()).isEqualTo("and back");
    }

    @Test
    void aTimeoutMustComeBeforeTheFirstRead() throws Exception {
        client.writeLine("early");
        assertThat(server.readLine()).isEqualTo("early");
        assertThatIllegalStateException().isThrownBy(() -> server.readTimeout(Duration.ofMillis(1)));
    }

    @Test
    void closingEndsAReadThatWaits() throws Exception {
        FutureTask<Integer> read = Background.run(() -> server.read(new byte[1]));
        server.close();
        assertThatThrownBy(read::get).hasCauseInstanceOf(ClosedChannelException.class);
    }

    @Test
    void closingEndsAReadThatWaitsWithATimeout() throws Exception {
        server.readTimeout(Duration.ofMinutes(1));
        FutureTask<Integer> read = Background.run(() -> server.read(new byte[1]));
        server.close();
        assertThatThrownBy(read::get).hasCauseInstanceOf(ClosedChannelException.class);
    }

    @Test
    void closingEndsAWriteThatWaits() throws Exception {
        FutureTask<Void> write = Background.run(() -> {
            while (true) {
                client.write(new byte[1 << 16]);
            }
        });
        // What fills the buffers is read once, so the writer is at work and then stuck.
        assertThat(server.read(new byte[1])).isEqualTo(1);
        client.close();
        assertThatThrownBy(write::get).hasCauseInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aPeerThatHasGoneIsADisconnect() throws Exception {
        client.close();
        assertThatExceptionOfType(DisconnectedException.class).isThrownBy(() -> server.write(new byte[1 << 16]));
    }

    @Test
    void optionsReachTheSockets() throws Exception {
        for (Connection each : new Connection[] {client, server}) {
            var channel = ((SocketStream) each.channel()).channel();
            assertThat(channel.getOption(StandardSocketOptions.SO_SNDBUF)).isBetween(20_000, 40_000);
            assertThat(channel.getOption(StandardSocketOptions.SO_RCVBUF)).isBetween(30_000, 60_000);
        }
    }

    @Test
    void thePeerIsThisUser() throws Exception {
        String user = Files.getOwner(folder).getName();
        assertThat(Unix.peer(server).user()).isEqualTo(user);
        assertThat(Unix.peer(client)).isEqualTo(Unix.peer(server));
        server.readTimeout(Duration.ofSeconds(1));
        assertThat(Unix.peer(server).group()).isNotEmpty();
        client.close();
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> Unix.peer(client));
    }

    @Test
    void onlyAUnixSocketHasAPeerWithCredentials() throws Exception {
        try (MemoryPair pair = MemoryPair.open()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Unix.peer(pair.client()))
                    .withMessage("only a connection of a Unix socket has credentials, not " + pair.client());
        }
    }

    @Test
    void connectionsOfOneUserAreOnePeer() throws Exception {
        assertThat(server.channel().peer())
                .isEqualTo(Files.getOwner(folder.resolve("s")).getName());
        try (Connection other = Unix.connect(folder.resolve("s"));
                Connection accepted = endpoint.accept(ChronoUnit.FOREVER.getDuration())) {
            assertThat(accepted.channel().peer()).isEqualTo(server.channel().peer());
            assertThat(other.isOpen()).isTrue();
        }
    }
}
