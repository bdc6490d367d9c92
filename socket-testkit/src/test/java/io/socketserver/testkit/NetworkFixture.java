package io.socketserver.testkit;

import io.socketserver.api.Connection;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** Networks of which nothing is left in the end. */
abstract class NetworkFixture {

    static final FaultPlan SLOW = FaultPlan.none().delay(Duration.ofMillis(10), Duration.ofMillis(10));

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    static void echo(Connection connection) throws IOException {
        for (String line = connection.readLine(); line != null; line = connection.readLine()) {
            connection.writeLine(line);
        }
    }

    static long millis(Network network) {
        return network.time().nanoTime() / 1_000_000;
    }
}
