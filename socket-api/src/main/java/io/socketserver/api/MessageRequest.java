package io.socketserver.api;

import io.socketserver.api.framing.FramedHandler;
import io.socketserver.api.spi.MessageTask;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A request whose messages are handled by a thread that it shares with others. */
final class MessageRequest implements MessageTask {

    private final RequestTask<?> task;
    // The task has it too, but would have to be touched for each message.
    private final Request request;
    private final FramedHandler handler;

    MessageRequest(RequestTask<?> task, FramedHandler handler) {
        this.task = task;
        request = task.request();
        this.handler = handler;
    }

    @Override
    public FramedHandler handler() {
        return handler;
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public boolean begin(Control control) {
        return task.begin(control);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return connection().tryRead(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return connection().tryWrite(source);
    }

    @Override
    public void awaits(boolean toRead, boolean toWrite) {
        connection().awaits(toRead, toWrite);
    }

    @Override
    public void takeOver() {
        task.takeOver();
    }

    @Override
    public void end(@Nullable Throwable failure) {
        task.finish(failure);
    }

    private Connection connection() {
        return (Connection) request;
    }

    @Override
    public String toString() {
        return "messages of " + request;
    }
}
