package io.socketserver.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Endpoint;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.Transports;
import io.socketserver.testkit.LeakCheck;
import java.net.BindException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramChannel;

/** Both transports by URI, and as a server's. */
@Timeout(30)
class UnixTransportTest {

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
    void aStreamServerEchoes() throws Exception {
        assertThat(Transports.schemes()).contains("unix", "unixgram");
        try (var server = Server.on(Transports.bind(URI.create("UNIX:" + folder + "/s?backlog=5&mode=660")))
                .handle((Request request) -> request.input().transferTo(request.output()))) {
            server.start();
            assertThat(server.uri()).hasToString("unix:" + folder + "/s");
            assertThat(Folder.mode(folder.resolve("s"))).isEqualTo("rw-rw----");
            // One after the other, as the default dispatcher has it.
            for (int i = 0; i < 20; i++) {
                try (Connection client = Transports.connect(server.uri(), Duration.ofSeconds(10))) {
                    client.writeLine("by URI");
                    client.shutdownOutput();
                    assertThat(client.readLine()).isEqualTo("by URI");
                    assertThat(client.readLine()).isNull();
                }
            }
        }
        assertThat(Folder.names(folder)).isEmpty();
    }

    @Test
    void aDatagramServerEchoesAndReportsWhatItCannotAnswer() throws Exception {
        LinkedBlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        try (var server = Server.on(
                        Transports.bind(URI.create("unixgram:" + folder + "/s?max-packet-size=50&mode=600")))
                .onError((request, failure) -> failures.add(failure))
                .handle((Request request) -> request.input().transferTo(request.output()))) {
            server.start();
            assertThat(server.uri()).hasToString("unixgram:" + folder + "/s");
            try (AFUNIXDatagramChannel unbound = AFUNIXDatagramChannel.open();
                    DatagramClient client = Transports.open(server.uri())) {
                for (int i = 0; i < 3; i++) {
                    unbound.send(ByteBuffer.wrap(new byte[3]), GramSocket.address(folder.resolve("s")));
                    assertThat(failures.poll(10, TimeUnit.SECONDS)).isInstanceOf(UnboundSenderException.class);
                    client.send("echo".getBytes(StandardCharsets.US_ASCII));
                    Datagram answer = client.receive(Duration.ofSeconds(10));
                    assertThat(StandardCharsets.US_ASCII
                                    .decode(answer.payload())
                                    .toString())
                            .isEqualTo("echo");
                }
            }
            assertThat(failures).isEmpty();
        }
        assertThat(Folder.names(folder)).isEmpty();
    }

    @Test
    void everyFormOfTheAddressMeansAPath() throws Exception {
        Path odd = folder.resolve("a b%\u00e4?#");
        URI uri = SocketPath.toUri("unix", odd);
        assertThat(SocketPath.of(SocketPath.absolute(uri))).isEqualTo(odd);
        for (URI each :
                new URI[] {URI.create("unix:" + folder + "/s?backlog=3"), URI.create("unix://" + folder + "/s"), uri}) {
            try (Endpoint<? extends Request> endpoint = Transports.bind(each)) {
                Path bound = ((UnixDomainSocketAddress) endpoint.address()).getPath();
                assertThat(Files.exists(bound)).isTrue();
                assertThat(endpoint.uri()).isEqualTo(SocketPath.toUri("unix", bound));
                Transports.connect(endpoint.uri()).close();
            }
        }
    }

    @Test
    void aRelativePathIsTakenFromTheWorkingDirectory() throws Exception {
        URI absolute = SocketPath.absolute(URI.create("unix:some%20dir/app.sock?backlog=7&mode=666"));
        assertThat(SocketPath.of(absolute))
                .isEqualTo(Path.of("some dir/app.sock").toAbsolutePath());
        assertThat(UnixOptions.of(absolute).backlog()).isEqualTo(7);
        assertThat(SocketPath.of(SocketPath.absolute(URI.create("unixgram:app.sock"))))
                .isEqualTo(Path.of("app.sock").toAbsolutePath());
        assertThat(SocketPath.absolute(Path.of("app.sock")))
                .isEqualTo(Path.of("app.sock").toAbsolutePath());
    }

    @Test
    void anAddressThatItDoesNotUnderstandIsExplained() {
        for (String bad :
                new String[] {"unix://run/app.sock", "unix:/run/", "unix:/a#b", "unix:?backlog=5", "unix:a%00b"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Transports.bind(URI.create(bad)))
                    .withMessageContaining("bad address '" + bad + "'")
                    .withMessageContaining("such as unix:/run/app.sock");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transports.open(URI.create("unixgram:/run/s?mode=999")))
                .withMessageContaining("three octal digits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transports.connect(URI.create("unix:/run/s?node=1")))
                .withMessageContaining("backlog, mode, receive-buffer, send-buffer");
    }

    @Test
    void aFailureNamesTheAddress() {
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> Transports.bind(URI.create("unixgram:" + folder + "/none/s")))
                .withMessage("cannot receive on unixgram:" + folder + "/none/s: its directory does not exist");
    }
}
