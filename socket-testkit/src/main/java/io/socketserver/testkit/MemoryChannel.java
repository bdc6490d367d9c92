package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import io.socketserver.api.spi.PollableChannel;
import io.socketserver.api.spi.Poller;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;

/** One end of two pipes; behaves as a blocking {@link java.nio.channels.SocketChannel} does, interrupts included. */
final class MemoryChannel implements PollableChannel {

    private final Pipe in;
    private final Pipe out;
    private final SocketAddress local;
    private final SocketAddress remote;
    private final TimeSource time;
    private volatile boolean open = true;
    private volatile boolean polled;

    MemoryChannel(Pipe in, Pipe out, SocketAddress local, SocketAddress remote, TimeSource time) {
        this.in = in;
        this.out = out;
        this.local = local;
        this.remote = remote;
        this.time = time;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireNotPolled();
        try {
            return in.read(target);
        } catch (InterruptedException e) {
            throw closedByInterrupt(e);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        requireNotPolled();
        try {
            return out.write(source);
        } catch (InterruptedException e) {
            throw closedByInterrupt(e);
        }
    }

    @Override
    public void readTimeout(Duration timeout) throws IOException {
        requireNotPolled();
        in.readTimeout(timeout);
    }

    @Override
    public void writeTimeout(Duration timeout) throws IOException {
        requireNotPolled();
        out.writeTimeout(timeout);
    }

    @Override
    public Poller openPoller() {
        return new MemoryPoller(time);
    }

    @Override
    public int tryRead(ByteBuffer target) throws IOException {
        return in.tryRead(target);
    }

    @Override
    public int tryWrite(ByteBuffer source) throws IOException {
        return out.tryWrite(source);
    }

    /** From now on it is polled, and somebody told whenever a look at it may show something new. */
    void watch(Runnable told) {
        polled = true;
        in.watch(told);
        out.watch(told);
    }

    boolean readable() {
        return in.readable();
    }

    boolean writable() {
        return out.writable();
    }

    private void requireNotPolled() {
        if (polled) {
            throw new IllegalStateException(
                    "this channel is served by a thread that serves others too, and so cannot be"
                            + " waited for: reply to messages instead, and set limits of the server instead of time-outs");
        }
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
        breakOff();
        close();
    }

    /** What its peer's reset does to it. */
    void breakOff() {
        in.reset();
        out.reset();
    }

    private ClosedByInterruptException closedByInterrupt(InterruptedException cause) {
        close();
        Thread.currentThread().interrupt();
        ClosedByInterruptException closed = new ClosedByInterruptException();
        closed.initCause(cause);
        return closed;
    }
}
