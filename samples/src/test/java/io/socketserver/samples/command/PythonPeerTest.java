package io.socketserver.samples.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    @BeforeAll
    static void needsPython() throws InterruptedException {
        boolean there;
        try {
            there = new ProcessBuilder("python3", "-c", "import socketserver")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            there = false;
        }
        if (!there && System.getProperty("socketserver.peers", "").equals("required")) {
            fail("python3 is missing, and -Dpeers=required asks for it");
        }
        Assumptions.assumeTrue(there, "python3 is missing, so its sockets are not tried against ours");
    }

    @Test
    void fiftyPythonClientsAtOnce() throws Exception {
        try (Child serve = Child.socketserver("serve", "tcp://localhost:0", "--handler", "upper")) {
            URI uri = serve.listeningOn();
            Process python = new ProcessBuilder(
                            "python3", "-c", FIFTY_CLIENTS, uri.getHost(), String.valueOf(uri.getPort()))
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(python.getInputStream().readAllBytes(), UTF_8))
                    .isEqualTo("50 right\n");
        }
    }

    @Test
    void pythonServerAnswersConnect() throws Exception {
        Process python = new ProcessBuilder("python3", "-c", UPPER_SERVER).start();
        try {
            String uri = python.inputReader(UTF_8).readLine().replace("listening on ", "");
            assertThat(Run.withInput("hello\nworld\n", "connect", uri)).isEqualTo(new Run(0, "HELLO\nWORLD\n", ""));
        } finally {
            python.destroyForcibly();
        }
    }
}
