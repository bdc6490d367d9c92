package io.socketserver.samples.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.tcp.Tcp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong usage, and addresses that do not work: the exit status and the one line of standard error. */
@Timeout(30)
class UsageTest {

    private static final String FORM = "expected tcp://host:port with a port from 0 to 65535, such as"
            + " tcp://localhost:8080, tcp://[::1]:8080 or tcp://*:8080; try 'socketserver serve --help'";

    static Stream<Arguments> wrongUsage() {
        return Stream.of(
                arguments("", "missing command: expected connect, demo or serve; try 'socketserver --help'"),
                arguments("srve", "unknown command 'srve': expected connect, demo or serve; try 'socketserver --help'"),
                arguments("--hlep", "unknown option '--hlep'; try 'socketserver --help'"),
                arguments(
                        "help srve",
                        "unknown command 'srve': expected connect, demo or serve; try 'socketserver --help'"),
                arguments("serve", "missing required parameter: 'URI'; try 'socketserver serve --help'"),
                arguments("connect", "missing required parameter: 'URI'; try 'socketserver connect --help'"),
                arguments("demo now", "unexpected argument 'now'; try 'socketserver demo --help'"),
                arguments("serve tcp://localhost:0 2", "unexpected argument '2'; try 'socketserver serve --help'"),
                arguments(
                        "serve @args",
                        "bad address '@args': expected a URI with a scheme, such as"
                                + " tcp://localhost:8080; try 'socketserver serve --help'"),
                arguments("serve tcp://localhost", "bad address 'tcp://localhost': " + FORM),
                arguments("serve tcp://localhost:http", "bad address 'tcp://localhost:http': " + FORM),
                arguments("serve tcp://localhost:65536", "bad address 'tcp://localhost:65536': " + FORM),
                arguments(
                        "serve localhost:80",
                        "bad address 'localhost:80': expected a scheme before it, such as tcp://localhost:80;"
                                + " try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://local^host:80",
                        "bad address 'tcp://local^host:80': expected a URI such as tcp://localhost:8080 (illegal"
                                + " character in authority); try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0?backlog=1 --backlog 2",
                        "option 'backlog' appears twice in 'tcp://localhost:0?backlog=1&backlog=2';"
                                + " try 'socketserver serve --help'"),
                arguments(
                        "serve unix:app.sock?backlog=1 --backlog 2",
                        "option 'backlog' appears twice in 'unix:"
                                + Path.of("app.sock").toUri().getRawPath()
                                + "?backlog=1&backlog=2'; try 'socketserver serve --help'"),
                arguments(
                        "serve udp://localhost:0 --backlog 2",
                        "option '--backlog' is for streams, and udp: has datagrams; try 'socketserver serve --help'"),
                arguments(
                        "serve unixgram:app.sock --read-timeout 1s",
                        "option '--read-timeout' is for streams, and unixgram: has datagrams;"
                                + " try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --backlog many",
                        "invalid value for option '--backlog': expected a whole number up to 2147483647, not 'many';"
                                + " try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --handler uper",
                        "invalid value for option '--handler': expected time, upper or echo, not 'uper';"
                                + " try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --handler UPPER",
                        "invalid value for option '--handler': expected time, upper or echo, not 'UPPER';"
                                + " try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --concurrency fork",
                        "invalid value for option '--concurrency': expected sequential, threads, virtual, pool, process or event-loop, not 'fork';"
                                + " try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --max-connections 0",
                        "invalid value for option '--max-connections': maxConnections must be 1 or more, not 0;"
                                + " try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --when-full wait",
                        "invalid value for option '--when-full': expected queue or refuse, not 'wait';"
                                + " try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --peer-prefix 24",
                        "invalid value for option '--peer-prefix': expected two numbers, for IPv4 and IPv6, such as 24,64, not 1;"
                                + " try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --peer-prefix 24,640",
                        "invalid value for option '--peer-prefix': a prefix must be from 0 to 128 bits, not 640; try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --idle-timeout 0s",
                        "invalid value for option '--idle-timeout': the idle timeout must be positive, not PT0S; try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --framing lines",
                        "invalid value for option '--framing': expected none, line, length, delimiter, delimiter:TEXT or"
                                + " fixed:N, not 'lines'; try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --framing fixed:many",
                        "invalid value for option '--framing': expected a whole number up to 2147483647, not 'many';"
                                + " try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --framing fixed:0",
                        "invalid value for option '--framing': messages of a fixed length must have at least one byte, in"
                                + " 'fixed:0'; try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --max-connections 99999999999",
                        "invalid value for option '--max-connections': expected a whole number up to 2147483647,"
                                + " not '99999999999'; try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --pool-size 4",
                        "option '--pool-size' is for --concurrency pool, and this is --concurrency threads;"
                                + " try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --concurrency pool --loops 2",
                        "option '--loops' is for --concurrency event-loop, and this is --concurrency pool;"
                                + " try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --max-children 2",
                        "option '--max-children' is for --concurrency process, and this is --concurrency threads;"
                                + " try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --spares 2",
                        "option '--spares' is for --concurrency process, and this is --concurrency threads;"
                                + " try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --concurrency process --spares -1",
                        "invalid value for option '--spares': spares must be 0 or more, not -1; try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --framing line --max-frame -1",
                        "invalid value for option '--max-frame': the longest message must have 0 to 1073741824 bytes, not -1;"
                                + " try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --stats 0s",
                        "--stats must be longer than nothing, such as 5s; try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --concurrency pool --pool-size 0",
                        "invalid value for option '--pool-size': a pool's threads must be from 1 to 100000, not 0; try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --drain-grace 5",
                        "invalid value for option '--drain-grace': expected a whole number and a unit of ms, s, m"
                                + " or h, such as 400ms or 5s, not '5'; try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --handler",
                        "missing required parameter for option '--handler' (NAME);"
                                + " try 'socketserver serve --help'"),
                arguments(
                        "serve tcp://localhost:0 --hander upper",
                        "unknown option '--hander': did you mean --handler?; try 'socketserver serve --help'"),
                arguments(
                        "connect tcp://localhost:1 --timeout -1s",
                        "invalid value for option '--timeout': expected a whole number and a unit of ms, s, m or h,"
                                + " such as 400ms or 5s, not '-1s'; try 'socketserver connect --help'"));
    }

    @ParameterizedTest
    @MethodSource
    void wrongUsage(String arguments, String complaint) {
        Run run = Run.of(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertThat(run).isEqualTo(new Run(2, "", "socketserver: " + complaint + System.lineSeparator()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "connect"})
    void unknownSchemeIsToldWhatThereIs(String command) {
        Run run = Run.of(command, "sctp://localhost:1");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo(
                        "socketserver: no transport for 'sctp:'; installed: tcp, udp, unix, unixgram; use one of these;"
                                + " try 'socketserver " + command + " --help'" + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "connect"})
    void unknownHost(String command) {
        assertThat(Run.of(command, "tcp://no-such-host.invalid:80"))
                .isEqualTo(new Run(1, "", "socketserver: unknown host: no-such-host.invalid" + System.lineSeparator()));
    }

    @Test
    void portInUse() throws IOException {
        try (Endpoint<Connection> taken = Tcp.bind("127.0.0.1", 0)) {
            assertThat(Run.of("serve", taken.uri().toString()))
                    .isEqualTo(new Run(
                            1,
                            "",
                            "socketserver: cannot listen on " + taken.uri() + ": Address already in use"
                                    + System.lineSeparator()));
        }
    }

    @Test
    void nobodyListens() throws IOException {
        String uri;
        try (Endpoint<Connection> free = Tcp.bind("127.0.0.1", 0)) {
            uri = free.uri().toString();
        }
        assertThat(Run.of("connect", uri))
                .isEqualTo(new Run(
                        1,
                        "",
                        "socketserver: cannot connect to " + uri + ": Connection refused" + System.lineSeparator()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "help", "serve --help", "connect -h", "demo --help", "help serve"})
    void helpGoesToStandardOutput(String arguments) {
        Run run = Run.of(arguments.split(" "));
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Usage: socketserver").doesNotContain("${");
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void versionIsThatOfTheModule() {
        Run run = Run.of("--version");
        assertThat(run.status()).isZero();
        assertThat(run.out()).matches("socketserver \\S+\\R");
    }
}
