package io.socketserver.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Server;
import io.socketserver.testkit.LeakCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The datagram check of CPython's own test_socketserver, with one of the two sides ours. */
@Timeout(60)
class PythonPeerTest {

    private static final String DGRAM_EXAMINE = """
            import socket, sys
            TEST_STR = b'hello world\\n'
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
                s.settimeout(20)
                for _ in range(20):
                    s.sendto(TEST_STR, (sys.argv[1], int(sys.argv[2])))
                    buf = data = s.recv(100)
                    while data and b'\\n' not in buf:
                        data = s.recv(100)
                        buf += data
                    assert buf == TEST_STR, buf
                s.sendto(b'', (sys.argv[1], int(sys.argv[2])))
                assert s.recv(100) == b''
            print('as expected')
            """;

    private static final String UDP_SERVER = """
            import socketserver
            class Echo(socketserver.DatagramRequestHandler):
                def handle(self):
                    line = self.rfile.readline()
                    self.wfile.write(line)
            with socketserver.UDPServer(('127.0.0.1', 0), Echo) as server:
                print(server.server_address[1], flush=True)
                for _ in range(3):
                    server.handle_request()
            """;

    private final LeakCheck leaks = LeakCheck.begin();

    @BeforeAll
    static void needsPython() throws Exception {
        boolean there;
        try {
            there = python("import socketserver").waitFor() == 0;
        } catch (IOException e) {
            there = false;
        }
        if (!there && System.getProperty("socketserver.peers", "").equals("required")) {
            fail("python3 is missing, and -Dpeers=required asks for it");
        }
        assumeTrue(there, "python3 is missing, so its sockets are not tried against ours");
    }

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    @Test
    void itsClientReadsBackWhatItSent() throws Exception {
        try (Server<Datagram> server =
                Server.on(Udp.bind("127.0.0.1", 0)).handle(Texts::echo).start()) {
            InetSocketAddress address = (InetSocketAddress) server.address();
            Process client = python(DGRAM_EXAMINE, "127.0.0.1", String.valueOf(address.getPort()));
            try (InputStream printed = client.getInputStream()) {
                assertThat(new String(printed.readAllBytes(), UTF_8)).isEqualTo("as expected\n");
            }
            assertThat(client.waitFor()).isZero();
        }
    }

    @Test
    void itsServerAnswersOurClient() throws Exception {
        Process server = python(UDP_SERVER);
        try (BufferedReader printed = server.inputReader(UTF_8)) {
            int port = Integer.parseInt(printed.readLine());
            try (DatagramClient client = Udp.open("127.0.0.1", port)) {
                // Python's handler always sends what was collected, be it nothing.
                for (String text : new String[] {"hello world\n", "", "again\n"}) {
                    Texts.send(client, text);
                    assertThat(Texts.receive(client)).isEqualTo(text);
                }
            }
            assertThat(server.waitFor()).isZero();
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private static Process python(String... programAndArguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("python3", "-c");
        builder.command().addAll(List.of(programAndArguments));
        Process python = builder.redirectErrorStream(true).start();
        // The runtime does so as well, but some time after it has ended.
        python.getOutputStream().close();
        return python;
    }
}
