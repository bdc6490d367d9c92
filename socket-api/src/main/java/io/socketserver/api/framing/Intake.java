package io.socketserver.api.framing;

import io.socketserver.api.Connection;
import io.socketserver.api.FramingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What has arrived on one stream, and the messages in it. Not thread-safe. */
final class Intake {

    private static final int INITIAL = 8192;

    private final Decoder decoder;
    private final int largest;
    // Between calls it is ready to be read: what no message was made of yet lies from position to limit.
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private ByteBuffer message = bytes.asReadOnlyBuffer();

    Intake(Framing framing) {
        decoder = framing.decoder();
        largest = Math.max(INITIAL, framing.maxFrame());
    }

    /** The next message of what is there, or null if there is no whole one. */
    @Nullable
    ByteBuffer next() throws FramingException {
        return decoder.next(bytes, message) ? message : null;
    }

    /** The message that the end of the stream ends, or null if there is none. */
    @Nullable
    ByteBuffer last() throws FramingException {
        return decoder.last(bytes, message) ? message : null;
    }

    /** Adds what a connection has received, waiting for it; what {@link #next} has returned is invalid then. */
    int fill(Connection from) throws IOException {
        makeRoom();
        int start = bytes.position();
        bytes.position(bytes.limit()).limit(bytes.capacity());
        try {
            return from.read(bytes);
        } finally {
            bytes.limit(bytes.position()).position(start);
        }
    }

    // Moving comes before growing, and a buffer grows only when it is full of bytes that have arrived.
    private void makeRoom() {
        if (!bytes.hasRemaining()) {
            bytes.position(0).limit(0);
        }
        if (bytes.capacity() - bytes.limit() < decoder.needed() && bytes.position() > 0) {
            bytes.compact().flip();
        }
        if (bytes.limit() == bytes.capacity()) {
            int capacity = (int) Math.min(largest, Math.max(INITIAL, bytes.capacity() * 2L));
            bytes = ByteBuffer.allocate(capacity).put(bytes).flip();
            message = bytes.asReadOnlyBuffer();
        }
    }
}
