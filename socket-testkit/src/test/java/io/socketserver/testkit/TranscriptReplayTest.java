package io.socketserver.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.Handler;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import java.io.EOFException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was recorded replays, whatever the handler has done. */
@Timeout(20)
class TranscriptReplayTest {

    private static final MessageHandler SILENT = (message, replies) -> {};

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    @Test
    void silenceIsNoEmptyMessage() {
        Script script = Script.messages(SILENT.over(Framing.lines()));
        assertThat(script.send("a").text()).isEmpty();
        assertThat(script.bytes()).isEmpty();
        script.close();
        assertThat(script.transcript()).hasToString("""
                client> "a"
                server> nothing
                server> nothing
                client> close
                """);
        script.transcript().replay(Script.messages(SILENT.over(Framing.lines())));
    }

    @Test
    void anEmptyMessageIsNoSilence() {
        MessageHandler empty = (message, replies) -> replies.send(new byte[0]);
        Script script = Script.messages(empty.over(Framing.lines()));
        assertThat(script.send("a").text()).isEmpty();
        script.close();
        assertThat(script.transcript()).hasToString("client> \"a\"\nserver> \"\"\nclient> close\n");
        script.transcript().replay(Script.messages(empty.over(Framing.lines())));
    }

    @Test
    void silenceIsNoEmptyDatagram() {
        Handler<Datagram> silent = datagram -> {};
        DatagramScript script = Script.datagrams(silent);
        assertThat(script.send("a").text()).isEmpty();
        script.close();
        assertThat(script.transcript()).hasToString("client> \"a\"\nserver> nothing\nclient> close\n");
        script.transcript().replay(Script.datagrams(silent));
    }

    @Test
    void silenceOfAStreamIsSilenceToo() {
        Handler<Connection> silent = connection -> connection.input().readAllBytes();
        Script script = Script.of(silent);
        assertThat(script.send("a").text()).isEmpty();
        script.close();
        assertThat(script.transcript()).hasToString("client> \"a\"\nserver> nothing\nclient> close\n");
        script.transcript().replay(Script.of(silent));
    }

    @Test
    void whatAnExchangeHasThrownIsExpected() {
        Handler<Connection> failing = connection -> {
            connection.writeLine("half");
            throw new EOFException("planned");
        };
        Exchange exchange = Exchange.of("a\n");
        assertThatThrownBy(() -> exchange.with(failing)).hasMessage("planned");
        assertThat(exchange.transcript()).hasToString("""
                client> "a\\n"
                client> end
                server> "half\\n"
                server> fail java.io.EOFException
                """);
        exchange.transcript().replay(Script.of(failing));
    }

    @Test
    void soIsWhatOneOfDatagramsHasThrown() {
        Handler<Datagram> failing = datagram -> {
            datagram.send(ByteBuffer.wrap("first".getBytes(UTF_8)));
            throw new EOFException("planned");
        };
        DatagramExchange exchange = Exchange.datagram("a");
        assertThatThrownBy(() -> exchange.with(failing)).hasMessage("planned");
        assertThat(exchange.transcript())
                .hasToString("client> \"a\"\nserver> \"first\"\nserver> fail java.io.EOFException\n");
        exchange.transcript().replay(Script.datagrams(failing));
    }

    @Test
    void nothingFollowsTheEndOfDatagramsEither() {
        assertThatThrownBy(() ->
                        Transcript.parse("client> close\n\nclient> \"a\"").replay(Script.datagrams(datagram -> {})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 3: nothing follows the end of a conversation, but client> \"a\" does");
    }
}
