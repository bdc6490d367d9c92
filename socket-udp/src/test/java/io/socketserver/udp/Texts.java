package io.socketserver.udp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Datagrams as texts, and what the tests have in common otherwise. */
final class Texts {

    /** Long enough for any machine; nothing waits for it to pass. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private Texts() {}

    static void send(DatagramClient client, String text) throws IOException {
        client.send(text.getBytes(UTF_8));
    }

    static String receive(DatagramClient client) throws IOException {
        return of(client.receive(PATIENCE));
    }

    static String of(Datagram datagram) {
        return UTF_8.decode(datagram.payload()).toString();
    }

    static ByteBuffer buffer(String text) {
        return UTF_8.encode(text);
    }

    /** Answers with the same bytes, be they none. */
    static void echo(Datagram datagram) throws IOException {
        datagram.send(datagram.payload());
    }
}
