package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineLogTest {

    @Test
    void whatCouldDeceiveAReaderIsEscaped() {
        assertThat(LineLog.escaped("a\tb\rc\u001b[31m \u202e \u2028 \u0085 é"))
                .isEqualTo("a\tb\\u000dc\\u001b[31m \\u202e \\u2028 \\u0085 é");
    }

    @Test
    void aLongLineIsCutAndTheNextOneIsWhole() throws Exception {
        try (ChildLog log = new ChildLog()) {
            String text = "x".repeat(LineLog.MAX_LINE + 1) + "\n" + "y".repeat(LineLog.MAX_LINE) + "\n";
            new LineLog("sh (pid 1)").copy(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            assertThat(log.next()).isEqualTo("child: " + "x".repeat(LineLog.MAX_LINE) + "…");
            assertThat(log.next()).isEqualTo("child: " + "y".repeat(LineLog.MAX_LINE));
        }
    }
}
