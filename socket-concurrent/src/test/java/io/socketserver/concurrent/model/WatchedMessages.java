package io.socketserver.concurrent.model;

import io.socketserver.api.Request;
import io.socketserver.api.framing.FramedHandler;
import io.socketserver.api.spi.MessageDispatcher;
import io.socketserver.api.spi.MessageTask;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A dispatcher of messages the tasks of which are watched. */
final class WatchedMessages implements MessageDispatcher {

    private final MessageDispatcher dispatcher;
    private final Tasks tasks;

    WatchedMessages(MessageDispatcher dispatcher, Tasks tasks) {
        this.dispatcher = dispatcher;
        this.tasks = tasks;
    }

    @Override
    public void execute(MessageTask task) {
        tasks.dispatch(() -> dispatcher.execute(new Task(task, tasks)));
    }

    @Override
    public boolean blockOnClose() {
        return dispatcher.blockOnClose();
    }

    @Override
    public void close() {
        dispatcher.close();
    }

    private record Task(MessageTask task, Tasks tasks) implements MessageTask {

        @Override
        public boolean begin(Control control) {
            boolean begun = task.begin(control);
            if (!begun) {
                tasks.end(() -> {});
            }
            return begun;
        }

        @Override
        public void takeOver() {
            task.takeOver();
        }

        @Override
        public void end(@Nullable Throwable failure) {
            tasks.end(() -> task.end(failure));
        }

        @Override
        public FramedHandler handler() {
            return task.handler();
        }

        @Override
        public Request request() {
            return task.request();
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return task.read(target);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return task.write(source);
        }

        @Override
        public void awaits(boolean toRead, boolean toWrite) {
            task.awaits(toRead, toWrite);
        }

        @Override
        public String toString() {
            return task.toString();
        }
    }
}
