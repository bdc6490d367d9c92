package io.socketserver.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that hold an expected output; {@code -Dgolden.update=true} writes them anew instead of comparing. */
final class Golden {
    private Golden() {}

    static void check(String name, String actual) throws IOException {
        Path file = Product.checks().resolve("src/test/golden").resolve(name + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
            return;
        }
        String expected = Files.exists(file) ? Files.readString(file) : "(no such file)\n";
        if (!expected.equals(actual)) {
            throw new AssertionError(name + " differs from " + file + "\n--- expected\n" + expected + "--- actual\n"
                    + actual + "--- to accept the change: mvn verify -Dgolden.update=true, then commit the file");
        }
    }
}
