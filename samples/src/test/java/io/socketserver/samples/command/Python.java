package io.socketserver.samples.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Programs for this machine's python3. */
final class Python {

    private Python() {}

    /** Skips the tests if it is missing, or fails if that was asked for. */
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
        Assumptions.assumeTrue(there, "python3 is missing, so its sockets are not tried against ours");
    }

    static Process start(String program, String... args) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("python3", "-c", program);
        builder.command().addAll(List.of(args));
        return builder.redirectErrorStream(true).start();
    }

    /** What a program prints until it ends. */
    static String run(String program, String... args) throws IOException {
        return new String(start(program, args).getInputStream().readAllBytes(), UTF_8);
    }
}
