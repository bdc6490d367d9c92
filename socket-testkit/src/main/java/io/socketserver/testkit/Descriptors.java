package io.socketserver.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The process's open file descriptors, where {@code /proc} shows them. */
final class Descriptors {

    private static final Path FOLDER = Path.of("/proc/self/fd");
    private static final boolean RUNTIME_HAS_SELECTORS = Runtime.version().feature() >= 21;

    // Makes the runtime open what it opens at the first socket and then keeps.
    static {
        try {
            SocketChannel.open().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Descriptors() {}

    /** Each as {@code number -> what it is}; empty where there is no {@code /proc}. */
    static Set<String> open() {
        Set<String> open = new TreeSet<>();
        if (!Files.isDirectory(FOLDER)) {
            return open;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(FOLDER)) {
            for (Path entry : entries) {
                add(entry, open);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return open;
    }

    private static void add(Path entry, Set<String> open) throws IOException {
        try {
            String target = Files.readSymbolicLink(entry).toString();
            if (counts(target)) {
                open.add(entry.getFileName() + " -> " + target);
            }
        } catch (NoSuchFileException e) {
            // Closed since it was listed, so it is not left behind.
        }
    }

    // The runtime opens archives of classes and devices when it first needs them.
    private static boolean counts(String target) {
        return !target.endsWith(".jar")
                && !target.startsWith("/proc/")
                && !target.startsWith("/sys/")
                && !target.startsWith("/dev/")
                && !target.startsWith(System.getProperty("java.home"))
                && !(RUNTIME_HAS_SELECTORS && target.startsWith("anon_inode:"));
    }
}
