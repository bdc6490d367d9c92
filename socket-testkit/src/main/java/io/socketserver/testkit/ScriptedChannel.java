package io.socketserver.testkit;

import io.socketserver.api.spi.StreamChannel;
import java.io.ByteArrayOutputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** A channel whose peer has sent all it will ever send, and takes all it is sent. Never blocks; not thread-safe. */
final class ScriptedChannel implements StreamChannel {

    private final Deque<ByteBuffer> chunks = new ArrayDeque<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final int limit;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean closed;

    ScriptedChannel(byte[][] input, int limit) {
        for (byte[] chunk : input) {
            chunks.add(ByteBuffer.wrap(chunk.clone()));
        }
        this.limit = limit;
    }

    @Override
    public int read(ByteBuffer target) throws ClosedChannelException {
        requireOpen();
        while (!chunks.isEmpty() && !chunks.element().hasRemaining()) {
            chunks.remove();
        }
        if (inputEnded || chunks.isEmpty()) {
            return -1;
        }
        ByteBuffer chunk = chunks.element();
        int count = Math.min(chunk.remaining(), target.remaining());
        target.put(chunk.slice().limit(count));
        chunk.position(chunk.position() + count);
        return count;
    }

    @Override
    public int write(ByteBuffer source) throws ClosedChannelException {
        requireOpen();
        if (outputEnded) {
            throw new ClosedChannelException();
        }
        byte[] bytes = new byte[source.remaining()];
        // An error, since a handler that writes without end may well go on after an exception.
        if (bytes.length > limit - written.size()) {
            throw new AssertionError("the handler wrote more than " + limit + " bytes");
        }
        source.get(bytes);
        written.writeBytes(bytes);
        return bytes.length;
    }

    @Override
    public void readTimeout(Duration timeout) throws ClosedChannelException {
        // No read ever waits.
        requireOpen();
    }

    @Override
    public void writeTimeout(Duration timeout) throws ClosedChannelException {
        // No write ever waits.
        requireOpen();
    }

    @Override
    public void shutdownInput() throws ClosedChannelException {
        requireOpen();
        inputEnded = true;
    }

    @Override
    public void shutdownOutput() throws ClosedChannelException {
        requireOpen();
        outputEnded = true;
    }

    @Override
    public SocketAddress localAddress() {
        return new MemoryAddress("exchange", 0);
    }

    @Override
    public SocketAddress remoteAddress() {
        return new MemoryAddress("exchange", 1);
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean outputEnded() {
        return outputEnded;
    }

    byte[] written() {
        return written.toByteArray();
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }
}
