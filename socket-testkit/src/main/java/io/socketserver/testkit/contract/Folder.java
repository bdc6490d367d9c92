package io.socketserver.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder that holds the same files after a contract as before. */
record Folder(Path path) {

    /** What was in a folder at one moment. */
    record Listing(Folder folder, Set<Path> files) {

        void assertUnchanged() {
            Set<Path> left = folder.list().files;
            left.removeAll(files);
            if (!left.isEmpty()) {
                throw new AssertionError("files are left behind: " + left);
            }
        }
    }

    Listing list() {
        try (Stream<Path> files = Files.walk(path)) {
            return new Listing(this, files.collect(Collectors.toCollection(TreeSet::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
