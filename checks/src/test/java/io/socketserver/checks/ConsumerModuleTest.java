package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module outside this build compiles without a warning and runs against the two jars it needs and nothing else. */
class ConsumerModuleTest {
    @Test
    void tcpOnlyConsumerRuns(@TempDir Path classes) throws IOException, InterruptedException {
        String jars = Product.jar("socket-api") + File.pathSeparator + Product.jar("socket-tcp");
        Product.compile(Product.checks().resolve("src/test/consumers/tcp-only"), jars, classes);

        String modulePath = classes + File.pathSeparator + jars;
        String printed =
                Product.java(List.of("--module-path", modulePath, "--module", "consumer.tcp/consumer.tcp.Main"));
        assertThat(printed.strip()).isEqualTo("OK");
    }
}
