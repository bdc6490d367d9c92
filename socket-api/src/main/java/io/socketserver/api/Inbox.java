package io.socketserver.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Bytes of a stream that were read ahead while looking for the end of a line. Not thread-safe. */
final class Inbox {

    private static final int INITIAL = 8192;

    /** Reads from the stream that the inbox is in front of. */
    interface Source {
        int read(ByteBuffer target) throws IOException;
    }

    private final Source source;
    // Between calls it is ready to be drained: what was read ahead lies from position to limit.
    private ByteBuffer ahead = ByteBuffer.allocate(INITIAL).limit(0);

    Inbox(Source source) {
        this.source = source;
    }

    boolean isEmpty() {
        return !ahead.hasRemaining();
    }

    int drainTo(ByteBuffer target) {
        int count = Math.min(ahead.remaining(), target.remaining());
        target.put(target.position(), ahead, ahead.position(), count);
        target.position(target.position() + count);
        ahead.position(ahead.position() + count);
        return count;
    }

    @Nullable
    String readLine(int max) throws IOException {
        int scanned = 0;
        while (true) {
            int end = indexOfLineFeed(scanned);
            if (end >= 0) {
                return take(lengthOfText(end), end + 1, max);
            }
            scanned = ahead.remaining();
            // One byte more may be the carriage return of a line of exactly the maximum.
            if (scanned > max + 1L) {
                throw tooLong(scanned, max);
            }
            if (fill(max) < 0) {
                return scanned == 0 ? null : take(scanned, scanned, max);
            }
        }
    }

    private int indexOfLineFeed(int from) {
        byte[] bytes = ahead.array();
        for (int i = ahead.position() + from; i < ahead.limit(); i++) {
            if (bytes[i] == '\n') {
                return i - ahead.position();
            }
        }
        return -1;
    }

    private int lengthOfText(int end) {
        return end > 0 && ahead.get(ahead.position() + end - 1) == '\r' ? end - 1 : end;
    }

    private String take(int length, int consumed, int max) throws FramingException {
        if (length > max) {
            throw tooLong(length, max);
        }
        String line = new String(ahead.array(), ahead.position(), length, StandardCharsets.UTF_8);
        ahead.position(ahead.position() + consumed);
        return line;
    }

    private int fill(int max) throws IOException {
        if (ahead.limit() == ahead.capacity()) {
            makeRoom(max);
        }
        int start = ahead.position();
        ahead.position(ahead.limit()).limit(ahead.capacity());
        try {
            return source.read(ahead);
        } finally {
            ahead.limit(ahead.position()).position(start);
        }
    }

    // Moving comes first; growing doubles, but never far beyond what the longest allowed line and its ending need.
    private void makeRoom(int max) {
        ahead.compact();
        if (!ahead.hasRemaining()) {
            int capacity = (int) Math.min(ahead.capacity() * 2L, max + 2L);
            ahead = ByteBuffer.allocate(Math.max(capacity, ahead.position() + 1))
                    .put(ahead.flip());
        }
        ahead.flip();
    }

    private static FramingException tooLong(int seen, int max) {
        return new FramingException("line too long: " + seen + " bytes and no end within the maximum of " + max
                + "; pass a larger maximum to readLine if such lines are expected");
    }
}
