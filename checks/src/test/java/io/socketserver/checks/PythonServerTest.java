package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** docs/porting-from-python.md has every name of Python's socketserver, and its programs do in Python what they do here. */
@Timeout(60)
class PythonServerTest {

    private static final Set<String> MODULE = words("BaseServer TCPServer UDPServer UnixStreamServer UnixDatagramServer"
            + " ThreadingMixIn ForkingMixIn ThreadingTCPServer ThreadingUDPServer ThreadingUnixStreamServer"
            + " ThreadingUnixDatagramServer ForkingTCPServer ForkingUDPServer ForkingUnixStreamServer"
            + " ForkingUnixDatagramServer BaseRequestHandler StreamRequestHandler DatagramRequestHandler");
    private static final Set<String> METHODS = words("serve_forever handle_request handle_timeout shutdown server_close"
            + " server_bind server_activate get_request verify_request process_request finish_request shutdown_request"
            + " close_request handle_error service_actions fileno process_request_thread collect_children");
    private static final Set<String> ATTRIBUTES = words("server_address RequestHandlerClass socket address_family"
            + " socket_type request_queue_size allow_reuse_address allow_reuse_port max_packet_size timeout"
            + " daemon_threads block_on_close max_children active_children");
    private static final Set<String> HANDLER =
            words("setup handle finish request client_address server connection socket rfile wfile"
                    + " rbufsize wbufsize timeout disable_nagle_algorithm packet");

    /** What python3 has, by its own account: the names that it exports, and those that its classes have. */
    private static final String TELL = """
            import socketserver
            print(*socketserver.__all__)
            classes = [getattr(socketserver, name) for name in socketserver.__all__]
            print(*{name for c in classes for name in vars(c) if not name.startswith('_')})
            """;

    /** Runs a program on another port than 12345, and tells which. */
    private static final String RUN = """
            import socketserver, sys
            init = socketserver.TCPServer.__init__
            def on_another_port(self, address, *rest):
                init(self, (address[0], 0), *rest)
                scheme = 'udp' if isinstance(self, socketserver.UDPServer) else 'tcp'
                print('%s://%s:%d' % (scheme, *self.server_address), flush=True)
            socketserver.TCPServer.__init__ = on_another_port
            exec(compile(sys.argv[1], 'program', 'exec'), {'__name__': '__main__'})
            """;

    @Test
    void everyNameIsThere() {
        assertThat(names("### The module")).isEqualTo(MODULE);
        assertThat(names("### Methods of a server")).containsAll(METHODS);
        assertThat(names("### Attributes of a server")).isEqualTo(ATTRIBUTES);
        assertThat(names("### Of a handler")).isEqualTo(HANDLER);
    }

    @Test
    void pythonHasNoOther() throws Exception {
        Python.need();
        Process python = Python.start(TELL);
        try (BufferedReader printed = python.inputReader()) {
            assertThat(MODULE).containsAll(words(printed.readLine()));
            Set<String> known = new TreeSet<>(METHODS);
            known.addAll(ATTRIBUTES);
            known.addAll(HANDLER);
            assertThat(known).containsAll(words(printed.readLine()));
        }
        assertThat(python.waitFor()).isZero();
    }

    @TestFactory
    Stream<DynamicTest> pythonRuns() throws InterruptedException {
        Python.need();
        return Page.blocks("python").stream().map(block -> DynamicTest.dynamicTest(block.toString(), () -> run(block)));
    }

    private static void run(Block block) throws Exception {
        if (block.conversation().isEmpty()) {
            Process python = Python.start("import sys; compile(sys.argv[1], 'fragment', 'exec')", block.code());
            assertThat(python.waitFor()).isZero();
            return;
        }
        Process python = Python.start(RUN, block.code());
        try (BufferedReader printed = python.inputReader()) {
            String uri = printed.readLine();
            assertThat(uri).matches("(tcp|udp)://.*");
            String[] said = block.conversation().get();
            assertThat(Client.ask(uri, said[0]).strip()).isEqualTo(said[1]);
        } finally {
            python.destroyForcibly().waitFor();
        }
    }

    private static Set<String> names(String title) {
        return Page.of("porting-from-python")
                .text()
                .lines()
                .dropWhile(line -> !line.equals(title))
                .skip(4)
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(row -> Page.pythonNames(row.substring(0, row.indexOf(" | "))))
                .collect(Collectors.toSet());
    }

    private static Set<String> words(String line) {
        return Arrays.stream(line.split(" ")).collect(Collectors.toSet());
    }
}
