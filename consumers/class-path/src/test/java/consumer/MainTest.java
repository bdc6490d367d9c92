package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.socketserver.api.framing.Framing;
import io.socketserver.testkit.Exchange;
import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void answersInUpperCase() throws Exception {
        var exchange = Exchange.of("hel", "lo\n").with(Main.UPPER.over(Framing.lines()));
        assertEquals("HELLO\n", exchange.text());
    }
}
