package io.socketserver.testkit;

import io.socketserver.api.Connection;
import io.socketserver.api.Handler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A conversation of which the client's part is known beforehand: tests a handler without a server, port or thread.
 *
 * <pre>{@code
 * @Test
 * void answersInUpperCase() throws Exception {
 *     assertEquals("HELLO\n", Exchange.of("hello\n").with(new UpperHandler()).text());
 * }
 * }</pre>
 *
 * <p>A conversation in which the client waits for answers is a {@link Script}.
 *
 * <p>The handler runs on the calling thread. It reads the input and then the end of the stream; reads and writes
 * never block, so timeouts never pass. What it throws comes out of {@link #with}, and what it had written before can still be
 * looked at. Not thread-safe.
 */
public final class Exchange {

    /** How many bytes a handler may write, 16 MiB, before it is taken to write without end. */
    public static final int MAX_OUTPUT = 16 * 1024 * 1024;

    private final byte[][] input;
    private final ScriptedChannel channel;
    private final Connection connection;
    private Step ending = Step.Mark.SERVER_CLOSE;

    private Exchange(byte[][] chunks) {
        input = chunks.clone();
        channel = new ScriptedChannel(chunks, MAX_OUTPUT);
        connection = Connection.of(channel);
    }

    /**
     * Begins an exchange in which the client sends nothing.
     *
     * @return the exchange
     */
    public static Exchange of() {
        return of(new byte[0][]);
    }

    /**
     * Begins an exchange with text, sent in UTF-8.
     *
     * @param chunks what the client sends; each read of the handler gets bytes of one of them at most
     * @return the exchange
     */
    public static Exchange of(String... chunks) {
        return of(Arrays.stream(chunks)
                .map(chunk -> chunk.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    /**
     * Begins an exchange with bytes.
     *
     * @param chunks what the client sends; each read of the handler gets bytes of one of them at most
     * @return the exchange
     */
    public static Exchange of(byte[]... chunks) {
        return new Exchange(chunks);
    }

    /**
     * Begins an exchange of datagrams with text, sent in UTF-8.
     *
     * @param payload what the one datagram of the client holds
     * @return the exchange
     */
    public static DatagramExchange datagram(String payload) {
        return datagram(payload.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Begins an exchange of datagrams with bytes.
     *
     * @param payload what the one datagram of the client holds
     * @return the exchange
     */
    public static DatagramExchange datagram(byte[] payload) {
        return new DatagramExchange(payload);
    }

    /**
     * Runs a handler, on this thread, until it returns.
     *
     * @param handler given a connection that belongs to no server
     * @return this
     * @throws Exception what the handler throws
     * @throws AssertionError if the handler writes more than {@link #MAX_OUTPUT} bytes
     */
    public Exchange with(Handler<? super Connection> handler) throws Exception {
        try {
            handler.handle(connection);
        } catch (Throwable failure) {
            ending = new Step.Fail(failure.getClass().getName());
            throw failure;
        }
        return this;
    }

    /**
     * What the handler has written.
     *
     * @return all of its bytes, as a copy
     */
    public byte[] bytes() {
        return channel.written();
    }

    /**
     * What the handler has written, as text in UTF-8.
     *
     * @return the text
     */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /**
     * Whether the handler has closed the connection itself, which a server would have done for it.
     *
     * @return true if it has
     */
    public boolean closed() {
        return !connection.isOpen();
    }

    /**
     * Whether the handler has ended its output, by {@link Connection#shutdownOutput()}.
     *
     * @return true if it has
     */
    public boolean outputEnded() {
        return channel.outputEnded();
    }

    /**
     * What was sent and answered, to be read by people or {@linkplain Transcript#replay replayed}.
     *
     * @return the whole input, then the whole output, and what the handler has thrown if it has
     */
    public Transcript transcript() {
        List<Step> steps = new ArrayList<>();
        for (byte[] chunk : input) {
            steps.add(new Step.Send(chunk));
        }
        steps.add(Step.Mark.CLIENT_END);
        steps.add(new Step.Expect(bytes()));
        steps.add(ending);
        return Transcript.of(steps);
    }
}
