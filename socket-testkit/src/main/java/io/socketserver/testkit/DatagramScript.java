package io.socketserver.testkit;

import io.socketserver.api.Datagram;
import io.socketserver.api.Handler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

/**
 * Datagrams of one client and the replies to them: tests a handler without a server or port, step by step.
 *
 * <pre>{@code
 * Script.datagrams(new UpperHandler())
 *         .send("hello").expect("HELLO")
 *         .close();
 * }</pre>
 *
 * <p>It is to {@link Script} what datagrams are to streams: the handler is called for each datagram, in order, on one thread of
 * its own; each reply is a datagram; and a handler that fails costs the reply that it had begun, not the datagrams that follow.
 * A script ends with {@link #close()}, or with the step that fails.
 */
public final class DatagramScript implements AutoCloseable {

    private final DatagramScene scene = new DatagramScene();
    private final Play play;

    DatagramScript(Handler<? super Datagram> handler) {
        Objects.requireNonNull(handler, "handler");
        play = new Play(scene, () -> scene.handleAll(handler));
    }

    /**
     * Sets how long the handler may take for a datagram, in real time, before a step that waits for it fails.
     *
     * @param duration 10 s otherwise
     * @return this
     */
    public DatagramScript limit(Duration duration) {
        play.limit(duration);
        return this;
    }

    /**
     * Sends a datagram of text to the handler; does not wait.
     *
     * @param text its payload, in UTF-8
     * @return this
     */
    public DatagramScript send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends a datagram to the handler; does not wait.
     *
     * @param payload its payload, possibly none
     * @return this
     */
    public DatagramScript send(byte... payload) {
        byte[] sent = payload.clone();
        return step(new Step.Send(sent), () -> scene.send(sent));
    }

    /**
     * Expects that the next reply is this.
     *
     * @param text its payload, in UTF-8
     * @return this
     */
    public DatagramScript expect(String text) {
        return expect(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Expects that the next reply is this.
     *
     * @param payload its payload, possibly none
     * @return this
     */
    public DatagramScript expect(byte... payload) {
        byte[] expected = payload.clone();
        return step(new Step.Expect(expected), () -> {
            byte[] actual = play.await(scene::hasReply) ? scene.reply() : null;
            if (!Arrays.equals(expected, actual)) {
                // What the handler does is told when it has come to an end of that.
                play.await(() -> false);
                throw new AssertionError(Difference.of(expected, actual) + "\n" + situation());
            }
        });
    }

    /**
     * Expects that the handler, when it has handled all datagrams, has sent no more replies.
     *
     * @return this
     */
    public DatagramScript expectNothing() {
        return step(Step.Mark.SERVER_NOTHING, () -> {
            play.settle();
            if (scene.hasReply()) {
                throw new AssertionError("one reply too many: " + Literal.brief(scene.reply()) + "\n" + situation());
            }
        });
    }

    /**
     * Expects that the handler has failed at one of the datagrams: at the first that no such step has followed yet.
     *
     * @param type what it has to throw
     * @return this
     */
    public DatagramScript expectFailure(Class<? extends Throwable> type) {
        return expectFailure(new Step.Fail(type.getName()));
    }

    DatagramScript expectFailure(Step.Fail fail) {
        return step(fail, () -> {
            play.await(scene::hasFailure);
            if (!fail.matches(scene.failure())) {
                throw new AssertionError(situation(), scene.failure());
            }
            scene.claimFailure();
        });
    }

    /**
     * Takes the next reply, if there is one when the handler has handled all datagrams.
     *
     * @return its payload as text in UTF-8, empty if there is none
     */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /**
     * Takes the next reply, if there is one when the handler has handled all datagrams.
     *
     * @return its payload, none if there is none
     */
    public byte[] bytes() {
        return play.take(() -> scene.hasReply() ? scene.reply() : null);
    }

    /** Expects that the handler has handled all datagrams, and has failed at none but where that was expected; idempotent. */
    @Override
    public void close() {
        if (play.over()) {
            return;
        }
        play.last(Step.Mark.CLIENT_CLOSE, () -> {
            scene.end();
            play.awaitEnd();
            if (scene.hasFailure()) {
                throw new AssertionError(situation(), scene.failure());
            }
        });
    }

    /**
     * What was sent and has come so far, to be read by people or {@linkplain Transcript#replay replayed}.
     *
     * @return the steps of this script that did not fail
     */
    public Transcript transcript() {
        return Transcript.of(play.past());
    }

    Play play() {
        return play;
    }

    private DatagramScript step(Step step, Runnable action) {
        play.step(step, action);
        return this;
    }

    private String situation() {
        return scene.hasFailure() ? "the handler has thrown " + scene.failure() : play.situation();
    }
}
