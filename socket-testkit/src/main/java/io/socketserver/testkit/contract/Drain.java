package io.socketserver.testkit.contract;

import io.socketserver.api.Connection;
import java.io.IOException;

/** Reads the pattern that a {@link Flood} writes, up to an end that is told when it is known. */
final class Drain {

    private static final int CHUNK = 10_000;

    private final Connection source;
    private long position;
    private volatile long end = Long.MAX_VALUE;

    Drain(Connection source) {
        this.source = source;
    }

    /** For a task: reads to the end. */
    boolean run() throws IOException {
        while (position < end) {
            position += Pattern.expectSome(source, position, CHUNK);
        }
        Check.equal(end, position, "the number of bytes that arrived");
        return true;
    }

    /** Reads a single byte. */
    void one() throws IOException {
        position += Pattern.expectSome(source, position, 1);
    }

    /** Where the stream ends: beyond what was written so far, or a reader would wait for more. */
    void endAt(long last) {
        end = last;
    }
}
