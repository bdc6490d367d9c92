package io.socketserver.testkit;

import io.socketserver.api.spi.StreamChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;

/** One end of two pipes; behaves as a blocking {@link java.nio.channels.SocketChannel} does, interrupts included. */
final class MemoryChannel implements StreamChannel {

    private final Pipe in;
    private final Pipe out;
    private final SocketAddress local;
    private final SocketAddress remote;
    private volatile boolean open = true;

    MemoryChannel(Pipe in, Pipe out, SocketAddress local, SocketAddress remote) {
        this.in = in;
        this.out = out;
        this.local = local;
        this.remote = remote;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        try {
            return in.read(target);
        } catch (InterruptedException e) {
            throw closedByInterrupt(e);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        try {
            return out.write(source);
        } catch (InterruptedException e) {
            throw closedByInterrupt(e);
        }
    }

    @Override
    public void readTimeout(Duration timeout) throws IOException {
        in.readTimeout(timeout);
    }

    @Override
    public void writeTimeout(Duration timeout) throws IOException {
        out.writeTimeout(timeout);
    }

    // Its number tells apart the clients of one peer, as a port does.
    @Override
    public Object peer() {
        return remote instanceof MemoryAddress address ? address.name() : remote;
    }

    @Override
    public void shutdownInput() throws IOException {
        in.shutReader();
    }

    @Override
    public void shutdownOutput() throws IOException {
        out.shutWriter();
    }

    @Override
    public SocketAddress localAddress() {
        return local;
    }

    @Override
    public SocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        out.closeWriter();
        in.closeReader();
    }

    /** Ends both directions as TCP's RST does: the peer loses even what was on its way to it. */
    void reset() {
        in.reset();
        out.reset();
        close();
    }

    private ClosedByInterruptException closedByInterrupt(InterruptedException cause) {
        close();
        Thread.currentThread().interrupt();
        ClosedByInterruptException closed = new ClosedByInterruptException();
        closed.initCause(cause);
        return closed;
    }
}
