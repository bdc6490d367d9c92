package io.socketserver.samples.command;

import io.socketserver.api.Transports;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** The server that a client talks to, by lines and answers: over a stream or by datagrams. */
interface Peer extends Closeable {

    /**
     * Reaches a server.
     *
     * @param limit how long to wait for the connection, and then for each answer; zero for ever
     */
    static Peer of(URI server, Duration limit) throws IOException {
        return Transports.isStream(server)
                ? new StreamPeer(Transports.connect(server, limit), limit)
                : new DatagramPeer(Transports.open(server), limit);
    }

    /** Sends a line, which has no ending. */
    void send(byte[] line) throws IOException;

    /** Waits for the answer, and returns it as it comes. */
    byte[] receive() throws IOException;
}
