package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module outside this build compiles without a warning and runs against the two jars it needs and nothing else. */
class ConsumerModuleTest {
    @Test
    void tcpOnlyConsumerRuns(@TempDir Path classes) throws IOException, InterruptedException {
        String jars = Product.jar("socket-api") + File.pathSeparator + Product.jar("socket-tcp");

        List<String> arguments = new ArrayList<>(
                List.of("-Xlint:all", "-Werror", "--release", "17", "--module-path", jars, "-d", classes.toString()));
        arguments.addAll(sources(Product.checks().resolve("src/test/consumers/tcp-only")));
        Product.tool("javac", arguments);

        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String modulePath = classes + File.pathSeparator + jars;
        String printed =
                Product.run(List.of(java, "--module-path", modulePath, "--module", "consumer.tcp/consumer.tcp.Main"));
        assertThat(printed.strip()).isEqualTo("OK");
    }

    private static List<String> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".java"))
                    .toList();
        }
    }
}
