package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each example of docs/python-sockets.md compiles and runs, and no method, attribute or kind of socket is missing. */
class PythonSocketsTest {
    private static final Set<String> NAMES = Set.of(("accept bind close connect connect_ex detach dup family fileno"
                    + " get_inheritable getblocking getpeername getsockname getsockopt gettimeout listen makefile proto"
                    + " recv recv_into recvfrom recvfrom_into recvmsg recvmsg_into send sendall sendfile sendmsg"
                    + " sendmsg_afalg sendto set_inheritable setblocking setsockopt settimeout shutdown timeout type")
            .split(" "));
    private static final List<String> KINDS =
            List.of("SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW", "SOCK_RDM", "SOCK_SEQPACKET");
    private static final Pattern ROW = Pattern.compile("\\| (`.+?) \\| .+? \\| (?:`(.+)` )?\\|");

    /** A row of a table; without an example where there is a reason instead. */
    private record Row(String python, Optional<String> example) {}

    @Test
    void everyNameAndKindIsThere() throws IOException {
        List<String> first = rows().stream().map(Row::python).toList();
        assertThat(first.stream().flatMap(Page::pythonNames)).containsAll(NAMES);
        for (String kind : KINDS) {
            assertThat(first).as(kind).anyMatch(python -> python.contains("`" + kind + "`"));
        }
    }

    @Test
    void pythonHasNoOther() throws Exception {
        Python.need();
        Process python =
                Python.start("import socket; print(*(n for n in dir(socket.socket) if not n.startswith('_')))");
        try (BufferedReader printed = python.inputReader()) {
            assertThat(NAMES).contains(printed.readLine().split(" "));
        }
        assertThat(python.waitFor()).isZero();
    }

    @Test
    void everyExampleCompilesAndRuns(@TempDir Path folder) throws IOException, InterruptedException {
        List<String> examples =
                rows().stream().flatMap(row -> row.example().stream()).toList();
        assertThat(examples).hasSizeGreaterThan(20);
        Path source = folder.resolve("Examples.java");
        String template = Files.readString(Product.checks().resolve("src/test/consumers/Examples.java.template"));
        Files.writeString(source, template.replace("EXAMPLES", calls(examples)));
        String jars = String.join(File.pathSeparator, Product.classPath());
        Product.tool("javac", List.of("--release", "17", "-cp", jars, "-d", folder.toString(), source.toString()));
        String path = folder + File.pathSeparator + jars;
        String printed = Product.java(List.of("--enable-native-access=ALL-UNNAMED", "-cp", path, "Examples"));
        assertThat(printed.strip()).isEqualTo(examples.size() + " examples ran");
    }

    private static String calls(List<String> examples) {
        return examples.stream()
                .map(example -> "run((endpoint, client, connection, datagrams, datagramClient, bytes, buffer, folder)"
                        + " -> { " + example + " });\n")
                .collect(Collectors.joining());
    }

    private static List<Row> rows() throws IOException {
        Path page = Product.checks().resolveSibling("docs").resolve("python-sockets.md");
        return Files.readAllLines(page).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(match -> new Row(match.group(1), Optional.ofNullable(match.group(2))))
                .toList();
    }
}
