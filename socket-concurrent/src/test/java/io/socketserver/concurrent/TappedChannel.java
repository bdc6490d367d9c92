package io.socketserver.concurrent;

import io.socketserver.api.spi.PollableChannel;
import io.socketserver.api.spi.Poller;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A server's channel that notes what a loop does with it; a test can step in after each write. */
final class TappedChannel implements PollableChannel {

    private final TappedEndpoint endpoint;
    private final PollableChannel channel;
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private volatile long written;
    private volatile Runnable afterWrite = () -> {};

    TappedChannel(TappedEndpoint endpoint, PollableChannel channel) {
        this.endpoint = endpoint;
        this.channel = channel;
    }

    /** What was read and written, such as {@code read 5}, {@code wrote 3} or {@code wrote 2 of 3}; idle tries are left out. */
    List<String> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    long written() {
        return written;
    }

    void afterWrite(Runnable what) {
        afterWrite = what;
    }

    PollableChannel channel() {
        return channel;
    }

    @Override
    public Poller openPoller() throws IOException {
        return endpoint.tapped(channel.openPoller());
    }

    @Override
    public int tryRead(ByteBuffer target) throws IOException {
        int count = channel.tryRead(target);
        if (count != 0) {
            events.add("read " + count);
        }
        return count;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public int tryWrite(ByteBuffer source) throws IOException {
        int all = source.remaining();
        int count = channel.tryWrite(source);
        if (count > 0) {
            written += count;
            events.add("wrote " + count + (count < all ? " of " + all : ""));
            afterWrite.run();
        }
        return count;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    @Override
    public void readTimeout(Duration timeout) throws IOException {
        channel.readTimeout(timeout);
    }

    @Override
    public void writeTimeout(Duration timeout) throws IOException {
        channel.writeTimeout(timeout);
    }

    @Override
    public void shutdownInput() throws IOException {
        channel.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public SocketAddress localAddress() {
        return channel.localAddress();
    }

    @Override
    public SocketAddress remoteAddress() {
        return channel.remoteAddress();
    }

    @Override
    public Object peer() {
        return channel.peer();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
