package io.socketserver.api.framing;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import java.util.Objects;

/**
 * A message handler as a handler of requests: of connections, which the framing cuts into messages, and of datagrams, each
 * of which is a message.
 *
 * <p>Run as a handler, it keeps the thread until the conversation ends, and blocks in reads and writes. The replies to all
 * messages that one read has brought go out in one write, before the next read. What serves many connections with one thread
 * looks at the two parts instead.
 *
 * @param framing where a message of a stream ends; datagrams have no use for it
 * @param handler is handed the messages
 */
public record FramedHandler(Framing framing, MessageHandler handler) implements Handler<Request> {

    /**
     * Joins the parts; neither may be null.
     *
     * @param framing where a message of a stream ends
     * @param handler is handed the messages
     */
    public FramedHandler {
        Objects.requireNonNull(framing, "framing");
        Objects.requireNonNull(handler, "handler");
    }

    @Override
    public void handle(Request request) throws Exception {
        Conversation conversation = request instanceof Datagram datagram
                ? new DatagramConversation(datagram)
                : new StreamConversation(MessageChannel.of((Connection) request, framing));
        conversation.run(handler);
    }
}
