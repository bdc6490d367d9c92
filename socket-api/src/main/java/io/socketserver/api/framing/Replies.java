package io.socketserver.api.framing;

import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Request;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * The way back to the peer of one conversation.
 *
 * <p>Open to all threads. Replies go out whole and in the order in which they were sent; of two threads that send at once,
 * in either order. After the conversation has ended, sending throws {@link ClosedChannelException}.
 *
 * <p>What is sent by the thread that handles a message may wait, to go out together with the replies to other messages
 * that have arrived with it; it waits at most until there is no such message left. What any other thread sends goes out at
 * once.
 *
 * @implSpec Implemented by what runs {@linkplain MessageHandler message handlers}, in any module.
 */
public interface Replies {

    /**
     * Sends a reply: a frame on a stream, a datagram otherwise.
     *
     * <p>On a stream served by a thread of its own it blocks while the peer takes nothing. On an event loop the thread that
     * handles messages never blocks: what the peer does not take is queued, and sending fails when there is too much of it.
     *
     * @param reply the message, from position to limit, not used afterwards; its position is at its limit then
     * @throws IllegalArgumentException if the framing cannot express it; the conversation goes on
     * @throws ClosedChannelException if the conversation has ended
     * @throws DisconnectedException if the peer is gone
     * @throws IOException if it cannot be sent for another reason
     */
    void send(ByteBuffer reply) throws IOException;

    /**
     * Sends a reply, as {@link #send(ByteBuffer)} does.
     *
     * @param reply the message
     * @throws IOException as with {@link #send(ByteBuffer)}
     */
    default void send(byte[] reply) throws IOException {
        send(ByteBuffer.wrap(reply));
    }

    /**
     * Has what was sent go out now, when a handler goes on with something that takes long.
     *
     * @throws IOException as with {@link #send(ByteBuffer)}
     */
    void flush() throws IOException;

    /**
     * Ends the conversation after what was sent: no more messages are handled, the connection is closed, and later sends
     * fail. Idempotent.
     */
    void end();

    /**
     * Announces replies that come after this call of the handler, from any thread.
     *
     * <p>A peer that has nothing more to say may end its side of the stream and wait. Without an announcement that ends the
     * conversation; with one, not before the result is closed. For a datagram it is the only way to reply later. On a
     * server with a thread for each request, that thread waits.
     *
     * @return to be closed when there is nothing more to come; what is closed twice counts once
     */
    Later later();

    /**
     * The request of which this is the conversation: who the peer is, which server has accepted it, whether that is
     * draining.
     *
     * @return the request; not to be read, written or closed by the handler
     */
    Request request();

    /** Replies that were announced; what it does, it does for the conversation that it came from. */
    interface Later extends Closeable {

        /**
         * Sends a reply, as {@link Replies#send(ByteBuffer)} does.
         *
         * @param reply the message
         * @throws IOException as with {@link Replies#send(ByteBuffer)}
         */
        void send(ByteBuffer reply) throws IOException;

        /**
         * Sends a reply, as {@link Replies#send(ByteBuffer)} does.
         *
         * @param reply the message
         * @throws IOException as with {@link Replies#send(ByteBuffer)}
         */
        default void send(byte[] reply) throws IOException {
            send(ByteBuffer.wrap(reply));
        }

        /** Says that nothing more comes; idempotent. */
        @Override
        void close();
    }
}
