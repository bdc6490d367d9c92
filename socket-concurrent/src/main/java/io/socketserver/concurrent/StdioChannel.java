package io.socketserver.concurrent;

import io.socketserver.api.spi.StreamChannel;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.time.Duration;

/** The peer as a child sees it: standard input and standard output, which the parent relays. */
final class StdioChannel implements StreamChannel {

    // The runtime keeps a buffer for each thread as large as what it moves at once.
    private static final int CHUNK = 65_536;

    private final Introduction introduction;
    // Channels and not the streams themselves, since closing a channel wakes the threads that are in it.
    private final FileChannel in;
    private final FileChannel out;
    private volatile boolean inputEnded;
    private volatile boolean open = true;

    StdioChannel(Introduction introduction, FileInputStream stdin, FileOutputStream stdout) {
        this.introduction = introduction;
        this.in = stdin.getChannel();
        this.out = stdout.getChannel();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        ByteBuffer part = chunk(target);
        try {
            int count = inputEnded && open ? -1 : in.read(part);
            target.position(target.position() + Math.max(0, count));
            return count;
        } catch (ClosedChannelException e) {
            if (inputEnded && open) {
                return -1;
            }
            throw e;
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int total = source.remaining();
        while (source.hasRemaining()) {
            int count = out.write(chunk(source));
            source.position(source.position() + count);
        }
        return total;
    }

    private static ByteBuffer chunk(ByteBuffer buffer) {
        return buffer.slice().limit(Math.min(CHUNK, buffer.remaining()));
    }

    @Override
    public void readTimeout(Duration timeout) {
        requireNone(timeout);
    }

    @Override
    public void writeTimeout(Duration timeout) {
        requireNone(timeout);
    }

    private static void requireNone(Duration timeout) {
        if (!timeout.isZero()) {
            throw new UnsupportedOperationException("in a process of its own a handler has no time-outs, as its socket"
                    + " is its parent's: set them there, by the Limits of the server");
        }
    }

    @Override
    public void shutdownInput() throws IOException {
        inputEnded = true;
        in.close();
    }

    @Override
    public void shutdownOutput() throws IOException {
        out.close();
    }

    @Override
    public SocketAddress localAddress() {
        return introduction.local();
    }

    @Override
    public SocketAddress remoteAddress() {
        return introduction.remote();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        try (in) {
            out.close();
        }
    }
}
