package io.socketserver.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The programs in C, compiled anew for each run, which takes a moment. */
final class Tools {

    private final Path home;
    private final Path folder;

    Tools(Path home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    void compile() throws IOException, InterruptedException {
        if (!Machine.has("cc")) {
            throw new IOException("a C compiler (cc) is needed for the load, and is not on the PATH;"
                    + " install gcc or clang, and libc's headers");
        }
        Files.createDirectories(folder);
        compile("load");
        compile("echo");
    }

    private void compile(String name) throws IOException, InterruptedException {
        List<String> command =
                List.of("cc", "-O2", "-std=gnu17", "-Wall", "-Wextra", "-o", program(name), source("c", name + ".c"));
        Process compiler = new ProcessBuilder(command).inheritIO().start();
        if (compiler.waitFor() != 0) {
            throw new IOException("compiling the load and its limit failed: " + String.join(" ", command));
        }
    }

    /** A compiled program. */
    String program(String name) {
        return folder.resolve(name).toString();
    }

    /** A source file. */
    String source(String language, String name) {
        return home.resolve(Path.of("src", "main", language, name)).toString();
    }
}
