package io.socketserver.concurrent.model;

import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Is handed the messages of one conversation, of which the first is what the client asks for. */
final class Talking implements MessageHandler {

    private final Errands errands;
    private boolean asked;

    Talking(Errands errands) {
        this.errands = errands;
    }

    @Override
    public MessageHandler begin(Replies replies) {
        errands.enter();
        return this;
    }

    @Override
    public void handle(ByteBuffer message, Replies replies) throws Exception {
        if (asked) {
            replies.end();
        } else {
            asked = true;
            errands.run(StandardCharsets.UTF_8.decode(message).toString(), new MessageClient(replies));
        }
    }

    @Override
    public void finish(Replies replies) {
        errands.leave();
    }
}
