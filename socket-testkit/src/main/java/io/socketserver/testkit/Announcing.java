package io.socketserver.testkit;

import io.socketserver.api.Request;
import io.socketserver.api.framing.FramedHandler;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * A message handler of which is known how many replies it has announced: as long as there are some, that it waits for a
 * message does not mean that nothing comes.
 *
 * @param handler the one that is watched
 * @param announced told of each that is more, 1, or fewer, -1
 */
record Announcing(MessageHandler handler, IntConsumer announced) implements MessageHandler {

    static FramedHandler watch(FramedHandler framed, IntConsumer announced) {
        return new FramedHandler(framed.framing(), new Announcing(framed.handler(), announced));
    }

    @Override
    public MessageHandler begin(Replies replies) throws Exception {
        return new Announcing(handler.begin(new Watched(replies, announced)), announced);
    }

    @Override
    public void handle(ByteBuffer message, Replies replies) throws Exception {
        handler.handle(message, new Watched(replies, announced));
    }

    @Override
    public void finish(Replies replies) throws Exception {
        handler.finish(new Watched(replies, announced));
    }

    private record Watched(Replies replies, IntConsumer announced) implements Replies {

        @Override
        public void send(ByteBuffer reply) throws IOException {
            replies.send(reply);
        }

        @Override
        public void flush() throws IOException {
            replies.flush();
        }

        @Override
        public void end() {
            replies.end();
        }

        @Override
        public Later later() {
            announced.accept(1);
            return new WatchedLater(replies.later(), announced, new AtomicBoolean());
        }

        @Override
        public Request request() {
            return replies.request();
        }
    }

    private record WatchedLater(Replies.Later later, IntConsumer announced, AtomicBoolean closed)
            implements Replies.Later {

        @Override
        public void send(ByteBuffer reply) throws IOException {
            later.send(reply);
        }

        @Override
        public void close() {
            later.close();
            if (closed.compareAndSet(false, true)) {
                announced.accept(-1);
            }
        }
    }
}
