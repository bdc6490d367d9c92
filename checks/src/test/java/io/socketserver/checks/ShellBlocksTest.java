package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.testkit.LeakCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command that README.md and docs show is run: by CI those that build, by its own script those of the tutorial, and
 * here those that serve and connect, with the samples' image and on a free port. Those of benchmarks take too long for that.
 */
@Timeout(60)
class ShellBlocksTest {

    private static final String COMMAND = "samples/socketserver ";
    private static final String LISTENING = "listening on ";
    private static final Set<String> ELSEWHERE = Set.of("tutorial", "benchmarks");
    private static final List<String> BY_CI = List.of("samples/socketserver demo", "mvn verify");

    @TempDir
    private Path folder;

    @Test
    void ciRunsWhatIsNotRunHere() throws IOException {
        Path ci = Product.checks().resolveSibling(".ci").resolve("run");
        assertThat(Files.readAllLines(ci))
                .contains("samples/socketserver demo", ".ci/tutorial")
                .anyMatch(line -> line.startsWith("mvn -B clean verify"));
    }

    @TestFactory
    Stream<DynamicTest> runs() {
        return Page.blocks("sh").stream()
                .filter(block -> !ELSEWHERE.contains(block.page()))
                .map(block -> DynamicTest.dynamicTest(block.toString(), () -> run(block)));
    }

    private void run(Block block) throws Exception {
        List<String> lines =
                block.code().lines().filter(line -> !BY_CI.contains(line)).toList();
        LeakCheck leaks = LeakCheck.begin();
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i))
                    .as("a command of %s that nothing runs", block)
                    .startsWith(COMMAND + "serve ");
            boolean connects = i + 1 < lines.size() && lines.get(i + 1).startsWith(COMMAND + "connect ");
            serve(lines.get(i), connects ? Optional.of(lines.get(i + 1)) : Optional.empty());
            i += connects ? 1 : 0;
        }
        leaks.assertNone();
    }

    private void serve(String line, Optional<String> client) throws Exception {
        Process server = start(words(line));
        try (BufferedReader printed = server.inputReader()) {
            // The runtime does so as well, but some time after it has ended.
            server.getOutputStream().close();
            String first = printed.readLine();
            assertThat(first).startsWith(LISTENING);
            if (client.isPresent()) {
                List<String> connect = words(client.get());
                assertThat(connect).hasSize(3);
                connect.set(2, first.substring(LISTENING.length()));
                connect(connect);
            }
            // Not through the Process, which would close what it prints.
            server.toHandle().destroy();
            assertThat(printed.lines()).isNotEmpty();
            assertThat(server.waitFor()).isZero();
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private void connect(List<String> command) throws Exception {
        Process client = start(command);
        try (BufferedReader printed = client.inputReader()) {
            try (var typed = client.outputWriter()) {
                typed.write("hello\n");
            }
            assertThat(printed.readLine()).isEqualToIgnoringCase("hello");
            assertThat(client.waitFor()).isZero();
        } finally {
            client.destroyForcibly().waitFor();
        }
    }

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private List<String> words(String line) {
        String here = line.replace(":12345", ":0").replace("/tmp/", folder + "/");
        List<String> words = new ArrayList<>(List.of(here.split("\\s+")));
        words.set(0, Product.image("samples").resolve("bin/socketserver").toString());
        return words;
    }
}
