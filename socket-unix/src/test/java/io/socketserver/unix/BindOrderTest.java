package io.socketserver.unix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.newsclub.lib.junixsocket.common.NarMetadata;
import org.newsclub.net.unix.AFSocket;

/** The order of the system's calls leaves no moment in which others could reach the socket, with any umask. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BindOrderTest {

    private static final String PROGRAM = """
            class Main {
                public static void main(String[] arguments) throws Exception {
                    for (String uri : arguments) {
                        io.socketserver.api.Transports.bind(java.net.URI.create(uri)).close();
                    }
                }
            }
            """;

    @TempDir
    private static Path folder;

    /** All of them, each in a folder of its own, are bound by one process, since starting it takes so long. */
    @BeforeAll
    static void isTraced() throws Exception {
        Peers.need("strace", "-f", "-o", "/dev/null", "true");
        trace(List.of(
                uri("unix", "600") + "?mode=600",
                uri("unix", "660") + "?mode=660",
                uri("unixgram", "600") + "?mode=600",
                uri("unixgram", "666") + "?mode=666",
                stale(uri("unix", "stale")),
                stale(uri("unixgram", "stale"))));
    }

    private static String uri(String scheme, String name) throws IOException {
        return scheme + ":" + Files.createDirectories(place(scheme, name)).resolve("s");
    }

    private static Path place(String scheme, String name) {
        return folder.resolve(scheme + name);
    }

    private static String stale(String uri) throws IOException {
        try (ServerSocketChannel dying = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dying.bind(UnixDomainSocketAddress.of(URI.create(uri).getSchemeSpecificPart()));
        }
        return uri;
    }

    @ParameterizedTest
    @CsvSource({"unix, 600", "unix, 660", "unixgram, 600", "unixgram, 666"})
    void nothingIsPublicBeforeItIsRight(String scheme, String mode) throws Exception {
        assertThat(calls(place(scheme, mode)))
                .containsSubsequence(
                        "mkdir(\"PRIVATE\", 0700) = 0",
                        "bind(\"PRIVATE/s\") = 0",
                        "chmod(\"PRIVATE/s\", 0" + mode + ") = 0",
                        "link(\"PRIVATE/s\", \"PUBLIC\") = 0",
                        "unlink(\"PRIVATE/s\") = 0",
                        "rmdir(\"PRIVATE\") = 0",
                        "unlink(\"PUBLIC\") = 0")
                .noneMatch(call -> call.matches("(bind|chmod|rename)\\(.*PUBLIC.*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix", "unixgram"})
    void aStaleSocketIsTakenAwayUnderALockAndLookedAtOnceMore(String scheme) throws Exception {
        assertThat(calls(place(scheme, "stale")))
                .containsSubsequence(
                        "link(\"PRIVATE/s\", \"PUBLIC\") = -1 EEXIST (File exists)",
                        "connect(\"PUBLIC\") = -1 ECONNREFUSED (Connection refused)",
                        "open(\"LOCK\", O_WRONLY|O_CREAT|O_EXCL, 0666) = FD",
                        "connect(\"PUBLIC\") = -1 ECONNREFUSED (Connection refused)",
                        "rename(\"PUBLIC\", \"PRIVATE/a\") = 0",
                        "connect(\"PRIVATE/a\") = -1 ECONNREFUSED (Connection refused)",
                        "unlink(\"LOCK\") = 0",
                        "link(\"PRIVATE/s\", \"PUBLIC\") = 0",
                        "unlink(\"PRIVATE/a\") = 0");
    }

    private static void trace(List<String> uris) throws Exception {
        Path trace = folder.resolve("trace");
        List<String> java = Child.java(
                Files.createDirectories(folder.resolve("program")),
                List.of(Child.place(AFSocket.class), Child.place(NarMetadata.class)),
                List.of(
                        "--add-modules",
                        "io.socketserver.unix,org.newsclub.net.unix,com.kohlschutter.junixsocket.nativecommon",
                        "--enable-native-access=org.newsclub.net.unix"),
                PROGRAM);
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "umask 0; exec \"$@\"",
                "sh",
                "strace",
                "-ff",
                "-qq",
                "-s",
                "200",
                "-e",
                "trace=mkdir,mkdirat,bind,connect,chmod,fchmod,fchmodat,link,linkat,rename,renameat,unlink,unlinkat,rmdir,open,openat",
                "-o",
                trace.toString()));
        command.addAll(java);
        command.addAll(uris);
        Child.output(command);
    }

    private static List<String> calls(Path place) throws IOException {
        // A file for each thread, since a call of another cuts a line in two.
        List<String> binding = new ArrayList<>();
        try (Stream<Path> traces =
                Files.list(folder).filter(file -> file.toString().startsWith(folder.resolve("trace") + "."))) {
            for (Path each : traces.toList()) {
                List<String> calls = normalized(each, place);
                if (calls.stream().anyMatch(call -> call.startsWith("bind("))) {
                    binding.addAll(calls);
                }
            }
        }
        return binding;
    }

    private static List<String> normalized(Path trace, Path place) throws IOException {
        String here = Pattern.quote(place.toString());
        try (Stream<String> lines = Files.lines(trace)) {
            return lines.map(line -> line.replaceFirst("^\\d+ +", "")
                            .replaceAll(here + "/\\.s\\.lock", "LOCK")
                            .replaceAll(here + "/\\.[0-9a-z]+", "PRIVATE")
                            .replaceAll(here + "/s\"", "PUBLIC\"")
                            .replaceAll(
                                    "^(bind|connect)\\(\\d+, \\{sa_family=AF_UNIX, sun_path=(\"[^\"]*\")\\}, \\d+\\)",
                                    "$1($2)")
                            .replaceAll("^(mkdir|chmod|link|rename|unlink|rmdir|open)at\\(AT_FDCWD, ", "$1(")
                            .replaceAll("= \\d\\d?\\d?$", line.contains("open") ? "= FD" : "= 0"))
                    .filter(line -> line.contains("PRIVATE") || line.contains("PUBLIC") || line.contains("LOCK"))
                    .toList();
        }
    }
}
