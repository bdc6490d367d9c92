package io.socketserver.concurrent;

import io.socketserver.api.framing.Replies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a handler has said it will reply later. */
final class Announcements {

    private final Replies replies;
    private final Runnable onLast;
    private final AtomicInteger open = new AtomicInteger();

    /**
     * Counts for one conversation.
     *
     * @param replies the conversation's
     * @param onLast called when there are none left, by the thread that closes the last
     */
    Announcements(Replies replies, Runnable onLast) {
        this.replies = replies;
        this.onLast = onLast;
    }

    Replies.Later add() {
        open.incrementAndGet();
        return new Announced();
    }

    boolean none() {
        return open.get() == 0;
    }

    private final class Announced implements Replies.Later {

        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public void send(ByteBuffer reply) throws IOException {
            replies.send(reply);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true) && open.decrementAndGet() == 0) {
                onLast.run();
            }
        }
    }
}
