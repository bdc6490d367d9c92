package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.testkit.Exchange;
import io.socketserver.testkit.LeakCheck;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A command answers a datagram with all that it writes. */
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class CommandDatagramTest {

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    @Test
    void theWholeOutputIsOneReply() throws Exception {
        try (var handler = ProcessHandler.command(ProcessOptions.defaults(), "sh", "-c", "cat; echo; cat; echo end");
                var served = Served.datagrams(handler);
                DatagramClient client = served.client()) {
            client.send("hello".getBytes(StandardCharsets.UTF_8));
            assertThat(text(client.receive())).isEqualTo("hello\nend\n");
        }
    }

    @Test
    void anEmptyDatagramIsHandledAndNoOutputIsNoReply() throws Exception {
        try (var handler = ProcessHandler.command(ProcessOptions.defaults(), "sh", "-c", "cat");
                var served = Served.datagrams(handler);
                DatagramClient client = served.client()) {
            client.send(new byte[0]);
            served.awaitEnded();
            client.send("next".getBytes(StandardCharsets.UTF_8));
            assertThat(text(client.receive())).as("the first reply").isEqualTo("next");
        }
    }

    @Test
    void aFailedCommandAnswersNothing() throws Exception {
        try (var handler = ProcessHandler.command(ProcessOptions.defaults(), "sh", "-c", "cat; read x; test $x");
                var served = Served.datagrams(handler);
                DatagramClient client = served.client()) {
            client.send("hello".getBytes(StandardCharsets.UTF_8));
            assertThat(served.nextFailure().exitStatus()).isEqualTo(1);
            assertThat(served.endpoint.accept(Duration.ZERO)).isNull();
        }
    }

    @Test
    void aReplyHasABound() throws Exception {
        try (var handler = ProcessHandler.command(ProcessOptions.defaults(), "cat", "/dev/zero");
                var served = Served.datagrams(handler);
                DatagramClient client = served.client()) {
            client.send(new byte[1]);
            assertThat(served.failures.poll(20, TimeUnit.SECONDS)).hasMessageContaining("at most 1048576 bytes");
        }
    }

    @Test
    void aLongPayloadThatIsNotReadHoldsUpNobody() throws Exception {
        try (var handler = ProcessHandler.command(ProcessOptions.defaults(), "echo", "done")) {
            assertThat(Exchange.datagram(new byte[1 << 20]).with(handler).texts())
                    .containsExactly("done\n");
        }
    }

    private static String text(Datagram datagram) {
        ByteBuffer payload = datagram.payload();
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
