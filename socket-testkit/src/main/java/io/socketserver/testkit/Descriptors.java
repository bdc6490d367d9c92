package io.socketserver.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The process's open file descriptors, where {@code /proc} shows them. */
final class Descriptors {

    private static final Path FOLDER = Path.of("/proc/self/fd");
    private static final Path UNIX_SOCKETS = Path.of("/proc/self/net/unix");

    /** The column of that, behind which there is only the path. */
    private static final int INODE = 6;

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
        try {
            Set<String> ours = attachListeners();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(FOLDER)) {
                for (Path entry : entries) {
                    add(entry, ours, open);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return open;
    }

    private static void add(Path entry, Set<String> ours, Set<String> open) throws IOException {
        try {
            String target = Files.readSymbolicLink(entry).toString();
            if (counts(target) && !ours.contains(target)) {
                open.add(entry.getFileName() + " -> " + target);
            }
        } catch (NoSuchFileException e) {
            // Closed since it was listed, so it is not left behind.
        }
    }

    // The runtime opens one when something attaches to it for the first time, as a mocking library does to its own.
    private static Set<String> attachListeners() throws IOException {
        if (!Files.isReadable(UNIX_SOCKETS)) {
            return Set.of();
        }
        try (Stream<String> lines = Files.lines(UNIX_SOCKETS, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains("/.java_pid"))
                    .map(line -> "socket:[" + line.strip().split(" +", -1)[INODE] + "]")
                    .collect(Collectors.toSet());
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
