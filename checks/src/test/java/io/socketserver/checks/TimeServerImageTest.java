package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Transports;
import java.io.BufferedReader;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The minimal image serves. */
@Timeout(60)
class TimeServerImageTest {
    private static final String LISTENING = "listening on ";

    @Test
    void answersEachLineWithTheTime() throws Exception {
        String program = Product.image("time-server").resolve("bin/time-server").toString();
        Process server = new ProcessBuilder(program, "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader printed = server.inputReader()) {
            String first = printed.readLine();
            assertThat(first).startsWith(LISTENING + "tcp://127.0.0.1:");
            URI uri = URI.create(first.substring(LISTENING.length()));
            try (Connection client = Transports.connect(uri, Duration.ofSeconds(10))) {
                for (int i = 0; i < 2; i++) {
                    client.writeLine("what time is it?");
                    assertThat(ZonedDateTime.parse(client.readLine()))
                            .isBeforeOrEqualTo(ZonedDateTime.now(ZoneId.systemDefault()));
                }
            }
        } finally {
            server.destroy();
            assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
