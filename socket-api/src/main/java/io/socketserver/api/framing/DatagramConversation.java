package io.socketserver.api.framing;

import io.socketserver.api.Datagram;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A conversation of one message, which is a datagram; each reply is one, and goes out at once. */
final class DatagramConversation extends Conversation {

    private final Datagram datagram;
    private @Nullable ByteBuffer message;

    DatagramConversation(Datagram datagram) {
        super(datagram);
        this.datagram = datagram;
        message = datagram.payload();
    }

    @Override
    @Nullable
    ByteBuffer receive() {
        ByteBuffer next = message;
        message = null;
        return next;
    }

    @Override
    void write(ByteBuffer reply) throws IOException {
        datagram.send(reply);
    }

    @Override
    void writeOut() {
        // Nothing waits.
    }

    @Override
    void stopReceiving() {
        // Nothing is waited for.
    }
}
