package io.socketserver.unix;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/** Foreign programs that some tests need; without them they are skipped, unless -Dpeers=required. */
final class Peers {
    private Peers() {}

    static void need(String... command) throws InterruptedException {
        boolean there;
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            there = process.waitFor() == 0;
        } catch (IOException e) {
            there = false;
        }
        if (!there && System.getProperty("socketserver.peers", "").equals("required")) {
            fail(command[0] + " is missing or may not run, and -Dpeers=required asks for it");
        }
        Assumptions.assumeTrue(there, command[0] + " is missing or may not run here, so this is not tried");
    }
}
