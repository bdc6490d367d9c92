package io.socketserver.testkit;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Handler;
import io.socketserver.api.framing.FramedHandler;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in which each side waits for the other: tests a handler without a server or port, step by step.
 *
 * <pre>{@code
 * @Test
 * void answersInUpperCase() {
 *     Script.of(new UpperHandler())
 *             .send("hello\n").expect("HELLO\n")
 *             .send("bye\n").expect("BYE\n")
 *             .endInput().expectClosed();
 * }
 * }</pre>
 *
 * <p>The handler has a thread of its own from the first step on, and a connection whose other end is the script. When it
 * returns, the connection is closed, as a server would do. No clock decides: a step that expects something fails as soon as
 * the handler waits for its peer, or has ended, without having sent it; what fails shows both sides' bytes beside each other,
 * and the steps before. Only a handler that is busy with something else is given {@linkplain #limit some time}.
 *
 * <p>A script ends with {@link #expectClosed}, {@link #expectFailure} or {@link #close}, or with the step that fails; until
 * then the handler's thread, a daemon, lives. What the handler throws fails the first of those, unless it was expected, or
 * is a {@link DisconnectedException} after the peer has gone. Text is UTF-8. Steps block, and are meant for one thread;
 * they throw {@link AssertionError} if they fail, {@link IllegalStateException} after one that has failed.
 *
 * <p>A handler whose input is all known beforehand is tested with an {@link Exchange}, which needs no second thread.
 */
public final class Script implements AutoCloseable {

    private final ScriptChannel channel = new ScriptChannel();
    private final Units units;
    private final Play play;

    private Script(Units units, Handler<? super Connection> handler) {
        this.units = units;
        Connection connection = Connection.of(channel);
        play = new Play(channel, () -> {
            try (connection) {
                watched(handler).handle(connection);
            }
        });
    }

    /**
     * Begins a script of bytes for a handler of connections.
     *
     * @param handler given one connection, which belongs to no server; also a {@link FramedHandler}, the frames of which
     *     the script then says and expects
     * @return the script
     */
    public static Script of(Handler<? super Connection> handler) {
        Objects.requireNonNull(handler, "handler");
        return new Script(new RawUnits(), handler);
    }

    /**
     * Begins a script of messages for a handler of them: each step says or expects one.
     *
     * @param handler the handler, with the framing that messages of the script are sent in
     * @return the script
     */
    public static Script messages(FramedHandler handler) {
        return new Script(new MessageUnits(handler.framing()), handler);
    }

    /**
     * Begins a script of messages for a handler of them, in a framing in which everything can be said.
     *
     * @param handler given each message as a frame of its own
     * @return the script
     */
    public static Script messages(MessageHandler handler) {
        return messages(handler.over(Framing.lengthPrefix(4).maxMessage(Framing.LARGEST_MAX_MESSAGE)));
    }

    /**
     * Begins a script for a handler of datagrams.
     *
     * @param handler given one datagram after the other, which belong to no server
     * @return the script
     */
    public static DatagramScript datagrams(Handler<? super Datagram> handler) {
        return new DatagramScript(handler);
    }

    private Handler<? super Connection> watched(Handler<? super Connection> handler) {
        return handler instanceof FramedHandler framed ? Announcing.watch(framed, play::announce) : handler;
    }

    /**
     * Sets how long the handler may be busy with something else than waiting for its peer, in real time, before a step that
     * waits for it fails.
     *
     * @param duration 10 s otherwise
     * @return this
     */
    public Script limit(Duration duration) {
        play.limit(duration);
        return this;
    }

    /**
     * Has steps wait for what other threads than the handler's send, up to the {@linkplain #limit limit}, also when the
     * handler itself waits for its peer. Not needed for {@linkplain io.socketserver.api.framing.Replies#later() announced}
     * replies.
     *
     * @return this
     */
    public Script patient() {
        play.patient();
        return this;
    }

    /**
     * Sends text to the handler, or one message; does not wait.
     *
     * @param text what to send; one read gets bytes of one step at most
     * @return this
     */
    public Script send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends bytes to the handler, or one message; does not wait. What is sent to a handler that has ended is lost.
     *
     * @param bytes what to send; one read gets bytes of one step at most
     * @return this
     * @throws IllegalArgumentException if the framing of the messages cannot express it
     */
    public Script send(byte... bytes) {
        byte[] encoded = units.encode(bytes);
        return step(new Step.Send(bytes.clone()), () -> channel.send(encoded));
    }

    /**
     * Expects that the next that the handler has sent is this text, or one message; what follows is left to later steps.
     *
     * @param text what it should be
     * @return this
     */
    public Script expect(String text) {
        return expect(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Expects that the next that the handler has sent are these bytes, or one message; what follows is left to later steps.
     *
     * @param bytes what it should be
     * @return this
     */
    public Script expect(byte... bytes) {
        byte[] expected = bytes.clone();
        return step(new Step.Expect(expected), () -> {
            Units.Unit next = next(expected.length);
            if (next == null || !Arrays.equals(expected, next.bytes())) {
                throw differs(expected);
            }
            channel.take(next.length());
        });
    }

    /**
     * Expects that the handler, when it waits for its peer or has ended, has sent no more.
     *
     * @return this
     */
    public Script expectNothing() {
        return step(Step.Mark.SERVER_NOTHING, () -> {
            play.settle();
            requireNothing();
        });
    }

    /**
     * Takes what the handler has sent by the time it waits for its peer or has ended: all of it, or one message.
     *
     * @return the text, empty if there was none
     */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /**
     * Takes what the handler has sent by the time it waits for its peer or has ended: all of it, or one message.
     *
     * @return the bytes, none if there were none
     */
    public byte[] bytes() {
        return play.take(() -> {
            Units.Unit next = next(channel.unread().length);
            if (next == null || next.length() == 0) {
                return null;
            }
            channel.take(next.length());
            return next.bytes();
        });
    }

    /**
     * Ends the handler's input behind what was sent, as a peer that has nothing more to say and still listens.
     *
     * @return this
     */
    public Script endInput() {
        return step(Step.Mark.CLIENT_END, channel::endPeer);
    }

    /**
     * Expects that the handler ends its output, by {@link Connection#shutdownOutput()} or altogether, and has sent no more.
     *
     * @return this
     */
    public Script expectOutputEnded() {
        return step(Step.Mark.SERVER_END, () -> {
            if (!play.await(() -> channel.outputEnded() || play.ended())) {
                throw new AssertionError("the output has not ended\n" + play.situation());
            }
            requireNothing();
        });
    }

    /**
     * Lets time pass in which the peer says nothing and takes nothing, at once: time-outs of the handler's reads and writes
     * come when they are due.
     *
     * @param duration how much time, for the connection, not negative; none in reality
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Script idle(Duration duration) {
        return step(new Step.Idle(duration), () -> {
            long end = channel.end(duration);
            play.settle();
            while (channel.nextTimeout() <= end) {
                channel.now(channel.nextTimeout());
                play.settle();
            }
            channel.now(end);
        });
    }

    /**
     * Breaks the connection off, when the handler waits for its peer: it loses what it has not read, and is told by a {@link
     * DisconnectedException}.
     *
     * @return this
     */
    public Script reset() {
        return step(Step.Mark.CLIENT_RESET, () -> {
            play.settle();
            channel.resetPeer();
        });
    }

    /** Expects that the handler ends, and with it the connection, and has sent no more; ends the script. */
    public void expectClosed() {
        play.last(Step.Mark.SERVER_CLOSE, () -> {
            play.awaitEnd();
            requireSuccess();
            requireNothing();
        });
    }

    /**
     * Expects that the handler fails, whatever it has sent before; ends the script.
     *
     * @param type what it has to throw
     * @param <T> what it is returned as
     * @return what it has thrown
     */
    public <T extends Throwable> T expectFailure(Class<T> type) {
        expectFailure(new Step.Fail(type.getName()));
        return type.cast(Objects.requireNonNull(play.failure()));
    }

    void expectFailure(Step.Fail fail) {
        play.last(fail, () -> {
            play.awaitEnd();
            if (!fail.matches(play.failure())) {
                throw new AssertionError(play.situation());
            }
        });
    }

    /**
     * Closes the peer's end, when the handler waits for it, and expects that the handler ends; ends the script.
     *
     * <p>What the handler has sent and was not expected does not matter. Without effect after a step that has ended the
     * script.
     */
    @Override
    public void close() {
        if (play.over()) {
            return;
        }
        play.last(Step.Mark.CLIENT_CLOSE, () -> {
            play.settle();
            channel.closePeer();
            play.awaitEnd();
            requireSuccess();
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

    private Script step(Step step, Runnable action) {
        play.step(step, action);
        return this;
    }

    /** The next unit, waited for; null if there is none. */
    private Units.@Nullable Unit next(int expected) {
        Units.Unit next;
        boolean over = false;
        while ((next = units.next(channel.unread(), expected, over)) == null && !over) {
            int needed = units.needed(channel.unread(), expected);
            over = !play.await(() -> channel.hasUnread(needed));
        }
        return next;
    }

    private AssertionError differs(byte[] expected) {
        // All that comes, not only what has come by chance.
        play.await(() -> false);
        Units.Unit all = units.next(channel.unread(), Integer.MAX_VALUE, true);
        return new AssertionError(Difference.of(expected, all == null ? null : all.bytes()) + "\n" + play.situation());
    }

    private void requireNothing() {
        byte[] unread = channel.unread();
        if (unread.length > 0) {
            throw new AssertionError(Difference.of(new byte[0], unread) + "\n" + play.situation());
        }
    }

    private void requireSuccess() {
        Throwable failure = play.failure();
        if (failure != null && !(channel.peerGone() && failure instanceof DisconnectedException)) {
            throw new AssertionError(play.situation());
        }
    }
}
