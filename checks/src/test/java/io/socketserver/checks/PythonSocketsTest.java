package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each example of docs/python-sockets.md compiles and runs, and no method or kind of socket is missing. */
class PythonSocketsTest {
    private static final List<String> METHODS = List.of(
            "bind",
            "listen",
            "accept",
            "connect",
            "connect_ex",
            "recv",
            "recv_into",
            "recvfrom",
            "send",
            "sendall",
            "sendto",
            "close",
            "getpeername",
            "getsockname",
            "setblocking",
            "settimeout",
            "gettimeout",
            "fileno",
            "makefile",
            "shutdown");
    private static final List<String> KINDS =
            List.of("SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW", "SOCK_RDM", "SOCK_SEQPACKET");
    private static final Pattern ROW = Pattern.compile("\\| (`.+?) \\| .+? \\| (?:`(.+)` )?\\|");

    /** A row of a table; without an example where there is a reason instead. */
    private record Row(String python, Optional<String> example) {}

    @Test
    void everyMethodAndKindIsThere() throws IOException {
        List<String> first = rows().stream().map(Row::python).toList();
        for (String method : METHODS) {
            assertThat(first).as(method).anyMatch(python -> python.startsWith("`" + method + "("));
        }
        for (String kind : KINDS) {
            assertThat(first).as(kind).anyMatch(python -> python.contains("`" + kind + "`"));
        }
    }

    @Test
    void everyExampleCompilesAndRuns(@TempDir Path folder) throws IOException, InterruptedException {
        List<String> examples =
                rows().stream().flatMap(row -> row.example().stream()).toList();
        assertThat(examples).hasSizeGreaterThan(METHODS.size());
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
