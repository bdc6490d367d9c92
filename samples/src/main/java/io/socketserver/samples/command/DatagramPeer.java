package io.socketserver.samples.command;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A server of datagrams: each line is one, without an ending, and so is each answer. */
final class DatagramPeer implements Peer {

    private final DatagramClient client;
    private final Duration limit;

    DatagramPeer(DatagramClient client, Duration limit) {
        this.client = client;
        this.limit = limit;
    }

    @Override
    public void send(byte[] line) throws IOException {
        client.send(line);
    }

    @Override
    public byte[] receive() throws IOException {
        Datagram answer = next();
        byte[] bytes = new byte[answer.payload().remaining()];
        answer.payload().get(bytes);
        if (answer.truncated()) {
            throw new IOException("the answer is longer than " + bytes.length
                    + " bytes: put max-packet-size=N into the URI's query to receive it whole");
        }
        return bytes;
    }

    private Datagram next() throws IOException {
        if (limit.isZero()) {
            return client.receive();
        }
        try {
            return client.receive(limit);
        } catch (SocketTimeoutException e) {
            throw StreamPeer.late(limit, e);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
