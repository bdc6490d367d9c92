package io.socketserver.testkit.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the socket of one test. */
record SocketFolder(Path path) {

    static SocketFolder create() throws IOException {
        // A short name, since the whole path of a socket has to fit into a hundred bytes or so.
        return new SocketFolder(Files.createTempDirectory("s"));
    }

    Path socket() {
        return path.resolve("s");
    }

    void requireEmpty() throws IOException {
        List<Path> left = entries();
        if (!left.isEmpty()) {
            throw new AssertionError("files are left behind: " + left);
        }
    }

    /** Deletes the folder, with what was left in it. */
    void delete() throws IOException {
        for (Path entry : entries()) {
            Files.delete(entry);
        }
        Files.delete(path);
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.sorted().toList();
        }
    }
}
