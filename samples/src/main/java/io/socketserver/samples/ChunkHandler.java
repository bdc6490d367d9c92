package io.socketserver.samples;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import io.socketserver.api.framing.MessageHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Answers each chunk as it arrives: what one read gives of a stream, until the stream ends, or a whole datagram.
 *
 * <p>Where a stream is cut into chunks is up to the network, so an answer should not depend on it.
 */
public final class ChunkHandler implements Handler<Request> {

    private static final int FIRST_CHUNK = 1024;
    private static final int LONGEST_CHUNK = 65_536;

    private final UnaryOperator<byte[]> answer;

    /**
     * Makes one.
     *
     * @param answer gives the answer to a chunk; called by several threads at once
     */
    public ChunkHandler(UnaryOperator<byte[]> answer) {
        this.answer = answer;
    }

    /**
     * The same answers, to messages that a framing tells apart: each message is answered by one.
     *
     * @return a handler of messages
     */
    public MessageHandler toMessages() {
        return (message, replies) -> {
            byte[] bytes = new byte[message.remaining()];
            message.get(bytes);
            replies.send(answer.apply(bytes));
        };
    }

    @Override
    public void handle(Request request) throws IOException {
        if (request instanceof Datagram datagram) {
            answerWhole(datagram);
        } else if (request instanceof Connection connection) {
            answerEach(connection);
        }
    }

    private void answerEach(Connection connection) throws IOException {
        // Small at first, so that clients who say nothing cost next to nothing.
        byte[] chunk = new byte[FIRST_CHUNK];
        for (int length; (length = connection.read(chunk)) >= 0; ) {
            connection.write(answer.apply(Arrays.copyOf(chunk, length)));
            if (length == chunk.length && length < LONGEST_CHUNK) {
                chunk = new byte[2 * length];
            }
        }
    }

    private void answerWhole(Datagram datagram) throws IOException {
        byte[] payload = new byte[datagram.payload().remaining()];
        datagram.payload().get(payload);
        byte[] reply = answer.apply(payload);
        if (reply.length > 0) {
            datagram.output().write(reply);
        } else {
            // Writing nothing sends nothing, but here an empty datagram is the answer to an empty one.
            datagram.send(ByteBuffer.allocate(0));
        }
    }
}
