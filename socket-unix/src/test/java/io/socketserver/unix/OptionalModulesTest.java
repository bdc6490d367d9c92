package io.socketserver.unix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.lib.junixsocket.common.NarMetadata;
import org.newsclub.net.unix.AFSocket;

/** What works, and what is said, without the modules that only some of the users need. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OptionalModulesTest {

    private static final String PROGRAM = """
            import io.socketserver.api.*;
            import io.socketserver.unix.*;
            import java.net.URI;
            import java.nio.file.Path;
            import java.time.Duration;

            class Main {
                public static void main(String[] arguments) throws Exception {
                    URI streams = URI.create("unix:" + arguments[0] + "/s");
                    try (var server = Server.on(Unix.bind(Path.of(arguments[0], "s")))
                            .handle((Request request) -> request.input().transferTo(request.output()))) {
                        server.start();
                        try (Connection client = Transports.connect(streams)) {
                            client.writeLine("streams work");
                            System.out.println(client.readLine());
                            tell(() -> System.out.println("user " + Unix.peer(client).user()));
                        }
                    }
                    URI datagrams = URI.create("unixgram:" + arguments[0] + "/d");
                    tell(() -> {
                        try (var endpoint = Transports.bind(datagrams); var client = Transports.open(datagrams)) {
                            client.send(new byte[3]);
                            System.out.println("datagrams work: " + ((Datagram) endpoint.accept(Duration.ofSeconds(9)))
                                    .payload().remaining());
                        }
                    });
                    tell(() -> Unixgram.open(Path.of("x")).close());
                    tell(() -> Unixgram.bind(Path.of("x")).close());
                }

                interface Work { void run() throws Exception; }

                static void tell(Work work) throws Exception {
                    try {
                        work.run();
                    } catch (NoTransportException | UnsupportedOperationException e) {
                        System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
                    }
                }
            }
            """;

    private static final String MISSING = "NoTransportException: no transport for 'unixgram:': Unix datagrams need"
            + " junixsocket for this system; add the modules org.newsclub.net.unix (junixsocket-common) and"
            + " com.kohlschutter.junixsocket.nativecommon (junixsocket-native-common), and name them in"
            + " module-info.java or by --add-modules\n";

    @TempDir
    private Path folder;

    @Test
    void withoutAnyStreamsWorkAndTheRestIsExplained() throws Exception {
        assertThat(run(
                        List.of(),
                        "io.socketserver.unix",
                        "--limit-modules",
                        "java.base,jdk.compiler,jdk.zipfs,io.socketserver.unix"))
                .isEqualTo("streams work\n"
                        + "UnsupportedOperationException: the credentials of a peer need the module jdk.net: add it to"
                        + " the image, or by --add-modules\n"
                        + MISSING + MISSING + MISSING);
    }

    @Test
    void withoutNativeCodeTheModuleThatHasItIsNamed() throws Exception {
        assertThat(run(List.of(Child.place(AFSocket.class)), "io.socketserver.unix,org.newsclub.net.unix"))
                .endsWith(MISSING + MISSING + MISSING)
                .doesNotContain("\tat ");
    }

    @Test
    void withBothDatagramsWork() throws Exception {
        Path home = Child.place(AFSocket.class);
        Path natives = Child.place(NarMetadata.class);
        String modules = "io.socketserver.unix,org.newsclub.net.unix,com.kohlschutter.junixsocket.nativecommon,jdk.net";
        assertThat(run(List.of(home, natives), modules, "--enable-native-access=org.newsclub.net.unix"))
                .contains("user " + System.getProperty("user.name"))
                .endsWith("datagrams work: 3\n");
    }

    private String run(List<Path> path, String modules, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("--add-modules", modules));
        all.addAll(List.of(options));
        List<String> command = Child.java(folder, path, all, PROGRAM);
        command.add(folder.toString());
        return Child.output(command);
    }
}
