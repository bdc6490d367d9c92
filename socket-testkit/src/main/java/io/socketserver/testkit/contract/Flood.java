package io.socketserver.testkit.contract;

import io.socketserver.api.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes the pattern, until nothing more is taken, and keeps count. For one thread at a time. */
final class Flood {

    // No buffer's size, so that it is taken in part when the buffer is full.
    private static final int CHUNK = 50_021;

    private final Connection target;
    private long written;
    private volatile boolean stopped;

    Flood(Connection target) {
        this.target = target;
    }

    /** Writes until it is stopped, and so blocks sooner or later if nobody reads. */
    boolean pour() throws IOException {
        while (!stopped) {
            write(CHUNK);
        }
        return true;
    }

    /** Lets {@link #pour()} end after the write that is under way. */
    void stop() {
        stopped = true;
    }

    boolean write(int count) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(Pattern.bytes(written, count));
        try {
            target.write(source);
        } finally {
            written += source.position();
        }
        return true;
    }

    /** How much of the pattern was taken, by what the writes have told. */
    long written() {
        return written;
    }
}
