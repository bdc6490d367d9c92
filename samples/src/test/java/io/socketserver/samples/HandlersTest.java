package io.socketserver.samples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.Transports;
import io.socketserver.tcp.Tcp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The time, upper and echo handlers, over a real stream and over datagrams. */
@Timeout(30)
class HandlersTest {

    private static final Handler<Request> TIME =
            TimeServer.handler(Clock.fixed(Instant.parse("2017-05-06T21:31:06Z"), ZoneOffset.UTC));
    private static final Handler<Request> UPPER = UpperServer.handler();
    private static final Handler<Request> ECHO = new ChunkHandler(chunk -> chunk);

    @Test
    void timeAnswersEachChunkWithoutALineEnding() throws Exception {
        try (Server<Connection> server =
                        Server.on(Tcp.bind("localhost", 0)).handle(TIME).start();
                Connection connection = Transports.connect(server.uri())) {
            for (int i = 0; i < 3; i++) {
                connection.write(new byte[] {'x'});
                assertThat(new String(connection.input().readNBytes(24), US_ASCII))
                        .isEqualTo("Sat May  6 21:31:06 2017");
            }
            connection.shutdownOutput();
            assertThat(connection.input().readAllBytes()).isEmpty();
        }
    }

    @Test
    void upperChangesLettersOfAsciiOnly() throws Exception {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            all.append(c);
        }
        String expected = all.toString().replace("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        assertThat(conversation(UPPER, all.toString())).isEqualTo(expected);
    }

    @Test
    void echoOfManyChunksIsTheSameBytes() throws Exception {
        String text = "0123456789abcdef".repeat(4096);
        assertThat(conversation(ECHO, text)).isEqualTo(text);
    }

    @Test
    void datagramsAreAnsweredByDatagrams() throws Exception {
        assertThat(exchange(TIME, "?")).containsExactly("Sat May  6 21:31:06 2017");
        assertThat(exchange(UPPER, "hello")).containsExactly("HELLO");
        assertThat(exchange(ECHO, "hello")).containsExactly("hello");
    }

    @Test
    void longDatagramIsAnsweredInOnePiece() throws Exception {
        String text = "x".repeat(60_000);
        assertThat(exchange(ECHO, text)).containsExactly(text);
    }

    @Test
    void emptyDatagramIsAnsweredByAnEmptyOneOrTheTime() throws Exception {
        assertThat(exchange(ECHO, "")).containsExactly("");
        assertThat(exchange(UPPER, "")).containsExactly("");
        assertThat(exchange(TIME, "")).containsExactly("Sat May  6 21:31:06 2017");
    }

    private static String conversation(Handler<Request> handler, String text) throws IOException {
        try (Server<Connection> server =
                        Server.on(Tcp.bind("localhost", 0)).handle(handler).start();
                Connection connection = Transports.connect(server.uri())) {
            connection.write(text.getBytes(ISO_8859_1));
            connection.shutdownOutput();
            return new String(connection.input().readAllBytes(), ISO_8859_1);
        }
    }

    private static List<String> exchange(Handler<Request> handler, String payload) throws Exception {
        InetSocketAddress address = new InetSocketAddress("localhost", 1);
        List<String> replies = new ArrayList<>();
        try (Datagram datagram = Datagram.of(
                ByteBuffer.wrap(payload.getBytes(ISO_8859_1)),
                false,
                address,
                address,
                (reply, to) -> replies.add(ISO_8859_1.decode(reply).toString()))) {
            handler.handle(datagram);
        }
        return replies;
    }
}
