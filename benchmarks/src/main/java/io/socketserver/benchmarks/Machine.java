package io.socketserver.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What this machine has: processors to keep apart, and tools. */
final class Machine {

    private final boolean pins;

    Machine() {
        pins = has("taskset") && processors() > 1;
    }

    /** The same command, on one processor only where that can be had. */
    List<String> onServersProcessor(List<String> command) {
        return pinned(processors() - 1, command);
    }

    /** The same command, on another processor. */
    List<String> onLoadsProcessor(List<String> command) {
        return pinned(0, command);
    }

    private List<String> pinned(int processor, List<String> command) {
        if (!pins) {
            return command;
        }
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(processor)));
        pinned.addAll(command);
        return pinned;
    }

    static boolean has(String tool) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    static Path jcmd() {
        return Path.of(System.getProperty("java.home"), "bin", "jcmd");
    }

    /** One line for the reader of results. */
    String description() {
        return String.join(
                ", ",
                processorName() + " × " + processors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "JDK " + System.getProperty("java.version"),
                pins ? "server and load on a processor each" : "server and load NOT kept on processors of their own");
    }

    private static String processorName() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }
}
