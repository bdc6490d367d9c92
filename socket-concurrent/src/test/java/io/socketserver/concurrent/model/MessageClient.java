package io.socketserver.concurrent.model;

import io.socketserver.api.Server;
import io.socketserver.api.framing.Replies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** The client of a handler that is handed messages, and must not wait. */
record MessageClient(Replies replies) implements Client {

    @Override
    public Server<?> server() {
        return replies.request().server().orElseThrow();
    }

    @Override
    public void answer() throws IOException {
        send();
        replies.end();
    }

    @Override
    public void answerAtLength() throws IOException {
        for (int i = 0; i < 100; i++) {
            send();
        }
        replies.end();
    }

    @Override
    public void answerAfter(Callable<?> work) {
        Replies.Later later = replies.later();
        new Thread(() -> answerLater(later, work), "working").start();
    }

    private void answerLater(Replies.Later later, Callable<?> work) {
        try (later) {
            work.call();
            answer();
        } catch (IOException e) {
            // The conversation has ended meanwhile.
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The next message comes, or not, when this one is handled. */
    @Override
    public void readOn() {}

    @Override
    public void hangUp() {
        replies.end();
    }

    private void send() throws IOException {
        replies.send(ANSWER.getBytes(StandardCharsets.UTF_8));
    }
}
