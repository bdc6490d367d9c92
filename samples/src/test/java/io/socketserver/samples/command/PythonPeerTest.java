package io.socketserver.samples.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Python's sockets talk to {@code serve}, and {@code connect} talks to Python's socketserver. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PythonPeerTest {

    private static final String FIFTY_CLIENTS = """
            import socket, sys, threading
            host, port = sys.argv[1], int(sys.argv[2])
            everybody = threading.Barrier(50, timeout=20)
            right = []
            def client(number):
                with socket.create_connection((host, port), timeout=20) as s, s.makefile('rb') as answers:
                    everybody.wait()
                    line = b'python client %d\\n' % number
                    s.sendall(line)
                    right.append(answers.readline() == line.upper())
                    everybody.wait()
            threads = [threading.Thread(target=client, args=(n,)) for n in range(50)]
            [t.start() for t in threads]
            [t.join() for t in threads]
            print(right.count(True), 'right')
            """;

    private static final String UPPER_SERVER = """
            import socketserver
            class Upper(socketserver.BaseRequestHandler):
                def handle(self):
                    while data := self.request.recv(1024):
                        self.request.sendall(data.upper())
            with socketserver.TCPServer(('127.0.0.1', 0), Upper) as server:
                print('listening on tcp://127.0.0.1:%d' % server.server_address[1], flush=True)
                server.handle_request()
            """;

    /** The clients of CPython's test_socketserver, three in a row as there. */
    private static final String EXAMINE = """
            import os, socket, sys, urllib.parse
            TEST_STR = b'hello world\\n'
            uri, own = urllib.parse.urlsplit(sys.argv[1]), sys.argv[2]
            unix = uri.scheme.startswith('unix')
            proto = socket.AF_UNIX if unix else socket.AF_INET
            addr = uri.path if unix else (uri.hostname, uri.port)
            def read_back(s):
                buf = data = s.recv(100)
                while data and b'\\n' not in buf:
                    data = s.recv(100)
                    buf += data
                assert buf == TEST_STR, buf
            def stream_examine():
                with socket.socket(proto, socket.SOCK_STREAM) as s:
                    s.settimeout(20)
                    s.connect(addr)
                    s.sendall(TEST_STR)
                    read_back(s)
            def dgram_examine():
                with socket.socket(proto, socket.SOCK_DGRAM) as s:
                    s.settimeout(20)
                    if unix:
                        s.bind(own)
                    s.sendto(TEST_STR, addr)
                    read_back(s)
                if unix:
                    os.unlink(own)
            for _ in range(3):
                (stream_examine if uri.scheme in ('tcp', 'unix') else dgram_examine)()
            print('as expected')
            """;

    @BeforeAll
    static void needsPython() throws InterruptedException {
        Python.need();
    }

    static Stream<Arguments> combinations() {
        return Stream.of("tcp://127.0.0.1:0", "udp://127.0.0.1:0", "unix:", "unixgram:")
                .flatMap(address -> Arrays.stream(Concurrency.values())
                        .filter(strategy -> strategy != Concurrency.VIRTUAL
                                || Runtime.version().feature() >= 21)
                        .map(strategy -> Arguments.of(address, strategy.toString())));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void clientsOfItsOwnTestsReadBackWhatTheySent(String address, String concurrency, @TempDir Path folder)
            throws Exception {
        String uri = address.endsWith(":") ? address + folder.resolve("server") : address;
        try (Child serve = Child.socketserver("serve", uri, "--handler", "echo", "--concurrency", concurrency)) {
            String bound = serve.listeningOn().toString();
            assertThat(Python.run(EXAMINE, bound, folder.resolve("client").toString()))
                    .isEqualTo("as expected\n");
            serve.signal("TERM");
            assertThat(serve.nextLine()).contains(": 3 completed, 0 closed at the grace, 0 abandoned");
            assertThat(serve.status()).isZero();
            assertThat(serve.errors()).isEmpty();
        }
    }

    @Test
    void fiftyPythonClientsAtOnce() throws Exception {
        try (Child serve = Child.socketserver("serve", "tcp://localhost:0", "--handler", "upper")) {
            URI uri = serve.listeningOn();
            assertThat(Python.run(FIFTY_CLIENTS, uri.getHost(), String.valueOf(uri.getPort())))
                    .isEqualTo("50 right\n");
        }
    }

    @Test
    void pythonServerAnswersConnect() throws Exception {
        Process python = Python.start(UPPER_SERVER);
        try {
            String uri = python.inputReader(UTF_8).readLine().replace("listening on ", "");
            assertThat(Run.withInput("hello\nworld\n", "connect", uri)).isEqualTo(new Run(0, "HELLO\nWORLD\n", ""));
        } finally {
            python.destroyForcibly();
        }
    }
}
