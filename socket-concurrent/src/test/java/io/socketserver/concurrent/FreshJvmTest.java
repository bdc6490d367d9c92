package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Request;
import java.io.File;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program of its own starts JVMs of its own: as a module, on the class path, and from an image. */
@Timeout(120)
class FreshJvmTest {

    private static final String MAIN = """
            package consumer;

            import io.socketserver.api.*;
            import io.socketserver.concurrent.*;
            import java.net.InetSocketAddress;
            import java.nio.ByteBuffer;

            public class Main implements Handler<Datagram> {
                public void handle(Datagram datagram) throws Exception {
                    datagram.send(ByteBuffer.wrap(Main.class.getModule().toString().getBytes()));
                }

                public static void main(String[] args) throws Exception {
                    InetSocketAddress nobody = new InetSocketAddress(1);
                    Datagram datagram = Datagram.of(ByteBuffer.allocate(0), false, nobody, nobody, (reply, to) ->
                            System.out.println("in " + new String(reply.array())));
                    try (var handler = ProcessHandler.running(Main.class, ProcessOptions.defaults())) {
                        handler.handle(datagram);
                    } catch (IllegalArgumentException e) {
                        System.out.println(e.getMessage());
                    }
                }
            }
            """;

    private final String product = location(Request.class) + File.pathSeparator + location(ProcessHandler.class);
    private Path folder;

    @BeforeEach
    void inAFolder(@TempDir Path temporary) {
        folder = temporary;
    }

    @Test
    void onTheModulePath() throws Exception {
        compile("exports consumer;");
        assertThat(java("--module-path", path(), "--module", "consumer/consumer.Main"))
                .isEqualTo("in module consumer");
    }

    @Test
    void onTheClassPath() throws Exception {
        compile("");
        assertThat(java("--class-path", path(), "consumer.Main")).startsWith("in unnamed module");
    }

    @Test
    void inAnImage() throws Exception {
        compile("opens consumer to io.socketserver.concurrent;");
        Path image = folder.resolve("image");
        run(tool("jlink"), "--module-path", path(), "--add-modules", "consumer", "--output", image.toString());
        String java = image.resolve("bin/java").toString();
        assertThat(run(java, "--module", "consumer/consumer.Main")).isEqualTo("in module consumer");
    }

    @Test
    void aClosedPackageIsRefusedWithWhatToWrite() throws Exception {
        compile("");
        assertThat(java("--module-path", path(), "--module", "consumer/consumer.Main"))
                .contains("write 'opens consumer to io.socketserver.concurrent;' in the module-info.java of consumer");
    }

    private void compile(String directive) throws Exception {
        Path sources = Files.createDirectories(folder.resolve("src/consumer"));
        Files.writeString(sources.resolve("Main.java"), MAIN);
        Path descriptor = Files.writeString(
                sources.resolveSibling("module-info.java"),
                "module consumer { requires io.socketserver.concurrent; " + directive + " }");
        // Here, since it takes so long to start.
        int status = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--module-path",
                        product,
                        "-d",
                        folder.resolve("classes").toString(),
                        descriptor.toString(),
                        sources.resolve("Main.java").toString());
        assertThat(status).isZero();
    }

    private String path() {
        return folder.resolve("classes") + File.pathSeparator + product;
    }

    private static String java(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(tool("java")));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (InputStream printed = process.getInputStream()) {
            String text = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(text).isZero();
            return text.strip();
        }
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
