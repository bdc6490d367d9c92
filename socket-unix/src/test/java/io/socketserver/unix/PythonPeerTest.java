package io.socketserver.unix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.socketserver.api.Connection;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Python's sockets of both kinds against ours, in both roles. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PythonPeerTest {

    private static final String STREAM_CLIENT = """
            import socket, sys
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as s:
                s.settimeout(20)
                s.connect(sys.argv[1])
                s.sendall(b'from python\\n' * 5000)
                s.shutdown(socket.SHUT_WR)
                data = s.makefile('rb').read()
                print(data == b'FROM PYTHON\\n' * 5000)
            """;

    private static final String DATAGRAM_CLIENT = """
            import socket, sys
            server, own = sys.argv[1:]
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as unbound:
                unbound.sendto(b'nobody can answer this', server)
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as s:
                s.settimeout(20)
                s.bind(own)
                s.sendto(b'not connected', server)
                print(s.recv(100).decode())
                s.connect(server)
                s.send(b'connected')
                print(s.recv(100).decode())
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as abstract:
                abstract.bind(b'')
                abstract.sendto(b'nor this', server)
                s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                s.settimeout(20)
                s.bind(own + '2')
                s.sendto(b'after that', server)
                print(s.recv(100).decode())
            """;

    private static final String SERVER = """
            import socketserver, sys
            class Upper(socketserver.BaseRequestHandler):
                def handle(self):
                    while data := self.request.recv(1024):
                        self.request.sendall(data.upper())
            class UpperDatagrams(socketserver.BaseRequestHandler):
                def handle(self):
                    data, sock = self.request
                    sock.sendto(data.upper(), self.client_address)
            kind, handler = {'stream': (socketserver.UnixStreamServer, Upper),
                             'datagram': (socketserver.UnixDatagramServer, UpperDatagrams)}[sys.argv[1]]
            with kind(sys.argv[2], handler) as server:
                print('ready', flush=True)
                server.handle_request()
                server.handle_request()
            """;

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsPython() throws Exception {
        Peers.need("python3", "-c", "import socketserver");
    }

    @Test
    void aPythonClientOfOurStreams() throws Exception {
        Path path = folder.resolve("s");
        try (var server = Server.on(Unix.bind(path)).handle(PythonPeerTest::upper)) {
            server.start();
            assertThat(python(STREAM_CLIENT, path)).isEqualTo("True\n");
        }
    }

    @Test
    void aPythonClientOfOurDatagrams() throws Exception {
        Path path = folder.resolve("s");
        LinkedBlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        try (var server = Server.on(Unixgram.bind(path))
                .onError((request, failure) -> failures.add(failure))
                .handle(PythonPeerTest::upper)) {
            server.start();
            assertThat(python(DATAGRAM_CLIENT, path, folder.resolve("c")))
                    .isEqualTo("NOT CONNECTED\nCONNECTED\nAFTER THAT\n");
            assertThat(failures.take()).isInstanceOf(UnboundSenderException.class);
            assertThat(failures.take()).hasMessageContaining("abstract namespace");
            assertThat(failures).isEmpty();
        }
    }

    @Test
    void ourClientsOfPythonsServers() throws Exception {
        Path streams = folder.resolve("s");
        Process server = start("stream", streams);
        try (Connection client = Unix.connect(streams)) {
            client.writeLine("to python");
            assertThat(client.readLine()).isEqualTo("TO PYTHON");
            assertThatExceptionOfType(BindException.class)
                    .isThrownBy(() -> Unix.bind(streams))
                    .withMessageContaining("a server is listening there");
        } finally {
            server.destroyForcibly().waitFor();
        }
        Path datagrams = folder.resolve("d");
        server = start("datagram", datagrams);
        try (DatagramClient client = Unixgram.open(datagrams)) {
            client.send("to python".getBytes(UTF_8));
            assertThat(UTF_8.decode(client.receive(Duration.ofSeconds(20)).payload())
                            .toString())
                    .isEqualTo("TO PYTHON");
        } finally {
            server.destroyForcibly().waitFor();
        }
        // Both were killed and have left their sockets.
        Unix.bind(datagrams).close();
        Unixgram.bind(streams).close();
        assertThat(Folder.names(folder)).isEmpty();
    }

    private static void upper(Request request) throws Exception {
        String text = new String(request.input().readAllBytes(), UTF_8);
        request.output().write(text.toUpperCase(Locale.ROOT).getBytes(UTF_8));
    }

    private static Process start(String kind, Path path) throws Exception {
        Process server = new ProcessBuilder("python3", "-c", SERVER, kind, path.toString()).start();
        assertThat(server.inputReader(UTF_8).readLine()).isEqualTo("ready");
        return server;
    }

    private static String python(String program, Path... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("python3", "-c", program));
        for (Path argument : arguments) {
            command.add(argument.toString());
        }
        return Child.output(command);
    }
}
