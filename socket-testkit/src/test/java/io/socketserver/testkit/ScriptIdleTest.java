package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.Handler;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much time a script lets pass, at the most and at the least. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ScriptIdleTest {

    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    @Test
    void foreverWithoutTimeouts() {
        Handler<Connection> echo = connection -> connection.input().transferTo(connection.output());
        Script.of(echo)
                .idle(FOREVER)
                .idle(Duration.ofDays(1))
                .send("a")
                .expect("a")
                .idle(FOREVER)
                .close();
    }

    @Test
    void foreverWithTimeouts() {
        Handler<Connection> patient = connection -> {
            connection.readTimeout(Duration.ofDays(30));
            try {
                connection.readLine();
            } catch (SocketTimeoutException e) {
                connection.readTimeout(FOREVER);
                connection.writeLine("twice " + connection.readLine());
            }
        };
        Script.of(patient)
                .idle(FOREVER)
                .idle(FOREVER)
                .expectNothing()
                .send("a\n")
                .expect("twice a\n")
                .expectClosed();
    }

    @Test
    void timeDoesNotGoBack() {
        try (Script script = Script.of(connection -> {})) {
            assertThatThrownBy(() -> script.idle(Duration.ofNanos(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("time does not go back, by PT-0.000000001S");
        }
        assertThatThrownBy(() -> Transcript.parse("client> idle PT-5M"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 1: time does not go back, by PT-5M");
    }
}
