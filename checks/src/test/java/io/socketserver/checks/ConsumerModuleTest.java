package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules outside this build compile without a warning and run against the two jars they need and nothing else. */
class ConsumerModuleTest {
    @Test
    void tcpOnlyConsumerRuns(@TempDir Path classes) throws IOException, InterruptedException {
        assertThat(run("tcp-only", "socket-tcp", "consumer.tcp/consumer.tcp.Main", classes))
                .isEqualTo("OK");
    }

    @Test
    void testkitOnlyConsumerRunsWithoutATestFramework(@TempDir Path classes) throws IOException, InterruptedException {
        assertThat(run("testkit-only", "socket-testkit", "consumer.testkit/consumer.testkit.Main", classes))
                .isEqualTo("OK");
    }

    private static String run(String consumer, String module, String main, Path classes)
            throws IOException, InterruptedException {
        String jars = Product.jar("socket-api") + File.pathSeparator + Product.jar(module);
        Product.compile(Product.checks().resolve("src/test/consumers").resolve(consumer), jars, classes);

        String modulePath = classes + File.pathSeparator + jars;
        return Product.java(List.of("--module-path", modulePath, "--module", main))
                .strip();
    }
}
