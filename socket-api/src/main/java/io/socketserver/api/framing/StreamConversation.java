package io.socketserver.api.framing;

import io.socketserver.api.FramingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A conversation on a stream; replies go out together before it waits for messages. */
final class StreamConversation extends Conversation {

    private final MessageChannel channel;

    StreamConversation(MessageChannel channel) {
        super(channel.connection());
        this.channel = channel;
    }

    @Override
    @Nullable
    ByteBuffer receive() throws IOException {
        try {
            ByteBuffer here = channel.received();
            if (here != null) {
                return here;
            }
            channel.flush();
            return channel.receive();
        } catch (FramingException e) {
            // To the reader its own end looks like the stream's, and that may be inside a frame.
            if (ended()) {
                return null;
            }
            throw e;
        }
    }

    @Override
    void write(ByteBuffer reply) throws IOException {
        channel.write(reply);
    }

    @Override
    void writeOut() throws IOException {
        channel.flush();
    }

    @Override
    void stopReceiving() {
        try {
            channel.connection().shutdownInput();
        } catch (IOException e) {
            // Who reads from a connection that is closed, or of which the peer is gone, comes back by itself.
        }
    }
}
