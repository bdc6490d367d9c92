package io.socketserver.api.framing;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Answers messages, one at a time: with one reply, several, none, or some later.
 *
 * <pre>{@code
 * MessageHandler echo = (message, replies) -> replies.send(message);
 * Server.on(Tcp.bind("localhost", 12345)).handle(echo.over(Framing.lines()));
 * }</pre>
 *
 * <p>All messages of a connection are a conversation: {@link #begin} is called, then {@link #handle} for each message, then
 * {@link #finish}, never two of them at once. A datagram is a conversation of one message. A handler that keeps nothing
 * between messages is shared by all conversations, and called by several threads at once; for one that does see {@link
 * #perConversation}.
 *
 * <p>It does not know who calls it: a thread that the conversation has to itself, or one that serves many. Under the latter
 * it must not block; {@link Replies#later()} is how to answer what takes time.
 */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Answers one message.
     *
     * @param message its bytes from position to limit, possibly none; valid during the call, not to be changed, and
     *     nothing outside of them to be looked at
     * @param replies sends replies, during the call and after it, until the conversation has ended
     * @throws Exception for any failure; it costs this conversation, after the replies sent before, and is told to the
     *     server's error handler
     */
    void handle(ByteBuffer message, Replies replies) throws Exception;

    /**
     * Runs once at the beginning of a conversation, before anything has been read: the place to greet the peer.
     *
     * @implSpec returns this handler
     * @param replies the conversation's
     * @return what the rest of the conversation is handled by
     * @throws Exception for any failure; nothing else is called for this conversation then
     */
    default MessageHandler begin(Replies replies) throws Exception {
        return this;
    }

    /**
     * Runs once at the end of a conversation, whatever ended it, if {@link #begin} has succeeded; on what that returned.
     *
     * <p>If it was the peer that ended it, having said all it had to say, there can still be replies.
     *
     * @implSpec does nothing
     * @param replies the conversation's
     * @throws Exception for any failure; after another one, it is suppressed by that one
     */
    default void finish(Replies replies) throws Exception {}

    /**
     * Makes a handler for a server, which cuts connections into messages and takes each datagram for one.
     *
     * @param framing where a message of a stream ends; datagrams have none
     * @return the handler to give to a server of streams or of datagrams
     */
    default FramedHandler over(Framing framing) {
        return new FramedHandler(framing, this);
    }

    /**
     * Returns a handler of which each conversation gets an instance of its own, so that it can keep state in fields: what
     * {@link io.socketserver.api.RequestHandler#each} is for requests.
     *
     * @param factory makes the instances
     * @return the handler
     */
    static MessageHandler perConversation(Supplier<? extends MessageHandler> factory) {
        Objects.requireNonNull(factory, "factory");
        return new MessageHandler() {
            @Override
            public MessageHandler begin(Replies replies) throws Exception {
                return factory.get().begin(replies);
            }

            @Override
            public void handle(ByteBuffer message, Replies replies) {
                throw new IllegalStateException("the conversation was not begun");
            }
        };
    }
}
