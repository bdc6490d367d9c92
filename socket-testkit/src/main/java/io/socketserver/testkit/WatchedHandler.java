package io.socketserver.testkit;

import io.socketserver.api.Request;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A handler whose calls are watched; each conversation gets one of its own. */
final class WatchedHandler implements MessageHandler {

    private final LoopWatch watch;
    private final MessageHandler handler;

    WatchedHandler(LoopWatch watch, MessageHandler handler) {
        this.watch = watch;
        this.handler = handler;
    }

    @Override
    public MessageHandler begin(Replies replies) throws Exception {
        WatchedReplies own = new WatchedReplies(replies);
        WatchedCall call = own.begin(watch, handler, "begin");
        try {
            return new Conversation(handler.begin(own), own);
        } finally {
            own.end(watch, call);
        }
    }

    @Override
    public void handle(ByteBuffer message, Replies replies) {
        throw new IllegalStateException("the conversation was not begun");
    }

    /** What is handled by what the handler has returned at the beginning. */
    private final class Conversation implements MessageHandler {

        private final MessageHandler own;
        private final WatchedReplies replies;

        Conversation(MessageHandler own, WatchedReplies replies) {
            this.own = own;
            this.replies = replies;
        }

        @Override
        public void handle(ByteBuffer message, Replies same) throws Exception {
            WatchedCall call = replies.begin(watch, own, "handle");
            try {
                own.handle(message, replies);
            } finally {
                replies.end(watch, call);
            }
        }

        @Override
        public void finish(Replies same) throws Exception {
            WatchedCall call = replies.begin(watch, own, "finish");
            try {
                own.finish(replies);
            } finally {
                replies.end(watch, call);
            }
        }
    }

    /** The conversation's replies, which tell the call that goes on when its thread is inside of them. */
    private static final class WatchedReplies implements Replies {

        private final Replies replies;
        private volatile @Nullable WatchedCall call;

        WatchedReplies(Replies replies) {
            this.replies = replies;
        }

        WatchedCall begin(LoopWatch watch, MessageHandler handler, String method) {
            WatchedCall begun = watch.begin(handler.getClass().getName() + '.' + method);
            call = begun;
            return begun;
        }

        void end(LoopWatch watch, WatchedCall ended) {
            watch.end(ended);
            call = null;
        }

        private @Nullable WatchedCall enter() {
            WatchedCall current = call;
            if (current == null || !current.isHere()) {
                return null;
            }
            current.cross();
            return current;
        }

        private static void leave(@Nullable WatchedCall entered) {
            if (entered != null) {
                entered.cross();
            }
        }

        @Override
        public void send(ByteBuffer reply) throws IOException {
            WatchedCall entered = enter();
            try {
                replies.send(reply);
            } finally {
                leave(entered);
            }
        }

        @Override
        public void flush() throws IOException {
            WatchedCall entered = enter();
            try {
                replies.flush();
            } finally {
                leave(entered);
            }
        }

        @Override
        public void end() {
            WatchedCall entered = enter();
            try {
                replies.end();
            } finally {
                leave(entered);
            }
        }

        @Override
        public Later later() {
            Later later = replies.later();
            return new Later() {
                @Override
                public void send(ByteBuffer reply) throws IOException {
                    WatchedReplies.this.send(reply);
                }

                @Override
                public void close() {
                    later.close();
                }
            };
        }

        @Override
        public Request request() {
            return replies.request();
        }
    }
}
