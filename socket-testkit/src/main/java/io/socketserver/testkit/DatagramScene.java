package io.socketserver.testkit;

import io.socketserver.api.Datagram;
import io.socketserver.api.Handler;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The datagrams of a script that are to be handled, and what came of those that were. */
final class DatagramScene extends Scene {

    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private final Queue<byte[]> replies = new ArrayDeque<>();
    private final Deque<Throwable> failures = new ArrayDeque<>();
    private @Nullable Thread idle;
    private boolean ended;

    /** Handles datagrams until there are no more; what the handler throws is kept. */
    void handleAll(Handler<? super Datagram> handler) throws InterruptedException {
        for (byte[] payload; (payload = next()) != null; ) {
            try {
                handle(payload, handler);
            } catch (Throwable failure) {
                change(() -> failures.add(failure));
            }
        }
    }

    private void handle(byte[] payload, Handler<? super Datagram> handler) throws Exception {
        Datagram datagram = Datagram.of(
                ByteBuffer.wrap(payload),
                false,
                new MemoryAddress("script", 1),
                new MemoryAddress("script", 0),
                (reply, to) -> {
                    byte[] bytes = new byte[reply.remaining()];
                    reply.get(bytes);
                    change(() -> replies.add(bytes));
                });
        handler.handle(datagram);
        // Not if it has thrown: its reply is discarded then, as by a server.
        datagram.close();
    }

    private byte @Nullable [] next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !ended) {
                idle = Thread.currentThread();
                changed.signalAll();
                changed.await();
            }
            idle = null;
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    boolean waits(Thread handling) {
        return idle == handling && waiting.isEmpty() && !ended;
    }

    @Override
    void release() {
        waiting.clear();
        end();
    }

    void send(byte[] payload) {
        waiting.add(payload);
        changed.signalAll();
    }

    void end() {
        ended = true;
        changed.signalAll();
    }

    boolean hasReply() {
        return !replies.isEmpty();
    }

    byte[] reply() {
        return replies.remove();
    }

    boolean hasFailure() {
        return !failures.isEmpty();
    }

    /** The first that nobody has expected yet. */
    @Nullable
    Throwable failure() {
        return failures.peek();
    }

    void claimFailure() {
        failures.remove();
    }
}
