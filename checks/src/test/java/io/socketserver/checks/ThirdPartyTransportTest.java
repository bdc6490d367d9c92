package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transport from outside the build is found, as a module and on the class path; two of one scheme are named. */
class ThirdPartyTransportTest {
    private static final String SERVICES = "META-INF/services/io.socketserver.api.spi.Transport";

    private final String jars = Product.jar("socket-api") + File.pathSeparator + Product.jar("socket-tcp");
    private Path classes;

    @BeforeEach
    void compile(@TempDir Path folder) throws IOException {
        classes = folder;
        Path sources = Product.checks().resolve("src/test/consumers/third-party");
        Product.compile(sources, jars, classes);
        Files.createDirectories(classes.resolve(SERVICES).getParent());
        Files.copy(sources.resolve(SERVICES), classes.resolve(SERVICES));
    }

    @Test
    void isFoundOnTheModulePath() throws IOException, InterruptedException {
        String path = classes + File.pathSeparator + jars;
        assertFound(List.of("--module-path", path, "--module", "third.party/third.party.Main"), "module third.party");
    }

    @Test
    void isFoundOnTheClassPath() throws IOException, InterruptedException {
        String path = classes + File.pathSeparator + jars;
        assertFound(List.of("--class-path", path, "third.party.Main"), "file:" + classes);
    }

    private static void assertFound(List<String> arguments, String place) throws IOException, InterruptedException {
        List<String> lines = Product.java(arguments).lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isEqualTo("[loop, tcp]");
        assertThat(lines.get(1)).isEqualTo("found");
        assertThat(lines.get(2))
                .startsWith("more than one transport for 'tcp:', leave out all but one of: ")
                .contains("io.socketserver.tcp.TcpTransport in ")
                .contains("third.party.RivalTransport in " + place);
    }
}
