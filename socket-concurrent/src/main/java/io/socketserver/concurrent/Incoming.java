package io.socketserver.concurrent;

import io.socketserver.api.FramingException;
import io.socketserver.api.framing.Decoder;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.spi.MessageTask;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has received: in the loop's buffer while it is looked at; afterwards, what no message was made of
 * is kept here.
 */
final class Incoming {

    private final LoopBuffers loop;
    private final Decoder decoder;
    // What has to be kept, from position to limit; null if nothing has.
    private @Nullable ByteBuffer rest;
    private @Nullable ByteBuffer restView;
    // What is looked at.
    private ByteBuffer bytes;
    private ByteBuffer view;
    private boolean kept;
    private boolean full;

    Incoming(LoopBuffers loop, Framing framing) {
        this.loop = loop;
        decoder = framing.decoder();
        bytes = loop.in();
        view = loop.view();
    }

    /** Reads what is there, to be looked at together with what was kept; then it must be kept again. */
    int read(MessageTask from) throws IOException {
        ByteBuffer in = loop.in().clear();
        ByteBuffer before = rest;
        if (before != null && before.remaining() <= LoopBuffers.SMALL) {
            in.put(before);
            drop();
        }
        try {
            return from.read(in);
        } finally {
            full = !in.hasRemaining();
            look(in.flip());
        }
    }

    /** Whether more than fits may have been there. */
    boolean isFull() {
        return full;
    }

    /** Looks again at what was kept. */
    void lookAgain() {
        look(loop.in().clear().limit(0));
    }

    private void look(ByteBuffer in) {
        kept = rest != null;
        if (rest == null) {
            bytes = in;
            view = loop.view();
        } else {
            bytes = append(rest, in);
            view = restView == null ? bytes.asReadOnlyBuffer() : restView;
            rest = bytes;
            restView = view;
        }
    }

    /** The next message, valid until the next call; null if there is no whole one. */
    @Nullable
    ByteBuffer next() throws FramingException {
        return decoder.next(bytes, view) ? view : null;
    }

    /** The message that the end of the stream ends; null if there is none. */
    @Nullable
    ByteBuffer last() throws FramingException {
        return decoder.last(bytes, view) ? view : null;
    }

    /** Leaves the loop's buffer to others. */
    void keep() {
        if (!bytes.hasRemaining()) {
            drop();
        } else if (!kept) {
            rest = bytes.remaining() <= LoopBuffers.SMALL
                    ? loop.small(bytes)
                    : ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
            restView = null;
        }
    }

    /** Keeps nothing any more. */
    void drop() {
        if (rest != null) {
            loop.free(rest);
            rest = null;
            restView = null;
        }
    }

    // It grows with what has arrived, to twice that at most: never by what a prefix announces.
    private ByteBuffer append(ByteBuffer before, ByteBuffer more) {
        if (before.capacity() - before.limit() >= more.remaining()) {
            int start = before.position();
            before.position(before.limit()).limit(before.capacity());
            return before.put(more).limit(before.position()).position(start);
        }
        int size = before.remaining() + more.remaining();
        if (size <= before.capacity() / 2) {
            return before.compact().put(more).flip();
        }
        restView = null;
        int capacity = Math.max(size, (int) Math.min(Integer.MAX_VALUE - 8, 2L * before.capacity()));
        ByteBuffer grown = ByteBuffer.allocate(capacity).put(before).put(more).flip();
        loop.free(before);
        return grown;
    }
}
