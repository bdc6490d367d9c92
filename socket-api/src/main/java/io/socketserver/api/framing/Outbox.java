package io.socketserver.api.framing;

import io.socketserver.api.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Frames that wait to be written to a connection, so that many go in one write. Not thread-safe. */
final class Outbox {

    private static final int INITIAL = 8192;
    /** It is written when it would have to hold more than this, unless that is one frame. */
    private static final int BATCH = 65_536;

    private final Framing framing;
    private final Connection connection;
    // Between calls it is ready to be added to: what waits lies before the position.
    private ByteBuffer frames = ByteBuffer.allocate(0);

    Outbox(Framing framing, Connection connection) {
        this.framing = framing;
        this.connection = connection;
    }

    /** Adds the frame of a message, and writes what is there first if there would be too much. */
    void add(ByteBuffer message) throws IOException {
        int size = framing.frameLength(message.remaining());
        if (frames.remaining() < size) {
            makeRoom(size);
        }
        framing.encode(message, frames);
    }

    /** Writes what is there; what a failed write has left is there still. */
    void flush() throws IOException {
        if (frames.position() == 0) {
            return;
        }
        frames.flip();
        try {
            connection.write(frames);
        } finally {
            frames.compact();
        }
    }

    private void makeRoom(int size) throws IOException {
        if ((long) frames.position() + size > BATCH) {
            flush();
        }
        if (frames.remaining() < size) {
            int capacity = Math.max(INITIAL, Math.min(BATCH, frames.capacity() * 2));
            frames = ByteBuffer.allocate(Math.max(capacity, frames.position() + size))
                    .put(frames.flip());
        }
    }
}
