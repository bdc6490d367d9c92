package io.socketserver.concurrent;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** The memory that the conversations of one loop share: what one of them holds on to is small, or rare. */
final class LoopBuffers {

    /** The longest part of a message that is moved about, rather than kept in a buffer of its own. */
    static final int SMALL = 4096;

    private static final int READ = 64 * 1024;
    private static final int MAX_SPARES = 64;

    private final ByteBuffer in = ByteBuffer.allocateDirect(SMALL + READ);
    private final ByteBuffer view = in.asReadOnlyBuffer();
    private final ByteBuffer out = ByteBuffer.allocateDirect(2 * READ);
    private final Deque<ByteBuffer> spares = new ArrayDeque<>(MAX_SPARES);

    /** Where everything is read to. */
    ByteBuffer in() {
        return in;
    }

    /** A view of that for messages. */
    ByteBuffer view() {
        return view;
    }

    /** Where the replies of the conversation go that is being handled; ready to be added to. */
    ByteBuffer out() {
        return out;
    }

    /** Copies what remains of a buffer, which is not much. */
    ByteBuffer small(ByteBuffer rest) {
        ByteBuffer spare = spares.poll();
        return (spare == null ? ByteBuffer.allocate(SMALL) : spare.clear())
                .put(rest)
                .flip();
    }

    /** A buffer is no longer needed. */
    void free(ByteBuffer buffer) {
        if (buffer.capacity() == SMALL && spares.size() < MAX_SPARES) {
            spares.push(buffer);
        }
    }
}
