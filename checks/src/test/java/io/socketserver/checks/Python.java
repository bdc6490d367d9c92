package io.socketserver.checks;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;

/** Programs for this machine's python3. */
final class Python {

    private Python() {}

    /** Skips the test if it is missing, or fails if that was asked for. */
    static void need() throws InterruptedException {
        boolean there;
        try {
            there = start("import socketserver").waitFor() == 0;
        } catch (IOException e) {
            there = false;
        }
        if (!there && System.getProperty("socketserver.peers", "").equals("required")) {
            fail("python3 is missing, and -Dpeers=required asks for it");
        }
        assumeTrue(there, "python3 is missing, so nothing is compared with it");
    }

    static Process start(String program, String... args) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("python3", "-c", program);
        builder.command().addAll(List.of(args));
        return builder.redirectErrorStream(true).start();
    }
}
