package io.socketserver.testkit;

import io.socketserver.api.Datagram;
import io.socketserver.api.Handler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One datagram of a client and the replies to it: tests a handler without a server, port or thread.
 *
 * <pre>{@code
 * assertEquals(List.of("HELLO"), Exchange.datagram("hello").with(new UpperHandler()).texts());
 * }</pre>
 *
 * <p>As in a server, the reply that a handler has written goes out when it returns, and not if it throws. Made by
 * {@link Exchange#datagram(String)}. Not thread-safe.
 */
public final class DatagramExchange {

    private final byte[] payload;
    private final List<byte[]> replies = new ArrayList<>();
    private final Datagram datagram;
    private boolean closed;
    private Step.@Nullable Fail fail;

    DatagramExchange(byte[] sent) {
        payload = sent.clone();
        datagram = Datagram.of(
                ByteBuffer.wrap(payload),
                false,
                new MemoryAddress("exchange", 1),
                new MemoryAddress("exchange", 0),
                (reply, to) -> {
                    byte[] bytes = new byte[reply.remaining()];
                    reply.get(bytes);
                    replies.add(bytes);
                });
    }

    /**
     * Runs a handler, on this thread, until it returns.
     *
     * @param handler given a datagram that belongs to no server
     * @return this
     * @throws Exception what the handler throws; the reply that it had begun is discarded then
     */
    public DatagramExchange with(Handler<? super Datagram> handler) throws Exception {
        try {
            handler.handle(datagram);
        } catch (Throwable failure) {
            fail = new Step.Fail(failure.getClass().getName());
            throw failure;
        }
        closed = !datagram.isOpen();
        datagram.close();
        return this;
    }

    /**
     * The datagrams that were sent back.
     *
     * @return the payload of each, in order
     */
    public List<byte[]> replies() {
        return List.copyOf(replies);
    }

    /**
     * The datagrams that were sent back, as text in UTF-8.
     *
     * @return the payload of each, in order
     */
    public List<String> texts() {
        return replies.stream()
                .map(reply -> new String(reply, StandardCharsets.UTF_8))
                .collect(Collectors.toUnmodifiableList());
    }

    /**
     * Whether the handler has closed the datagram itself, which a server would have done for it.
     *
     * @return true if it has
     */
    public boolean closed() {
        return closed;
    }

    /**
     * What was sent and answered, to be read by people or {@linkplain Transcript#replay(DatagramScript) replayed}.
     *
     * @return the datagram, then the replies, and what the handler has thrown if it has
     */
    public Transcript transcript() {
        List<Step> steps = new ArrayList<>(List.of(new Step.Send(payload)));
        replies.forEach(reply -> steps.add(new Step.Expect(reply)));
        if (fail != null) {
            steps.add(fail);
        }
        return Transcript.of(steps);
    }
}
