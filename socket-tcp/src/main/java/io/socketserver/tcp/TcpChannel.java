package io.socketserver.tcp;

import io.socketserver.api.spi.StreamChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A connected, blocking socket. */
final class TcpChannel implements StreamChannel {

    private static final int CHUNK = 8192;

    private final SocketChannel channel;
    private final SocketAddress local;
    private final SocketAddress remote;
    private volatile boolean timed;

    private TcpChannel(SocketChannel channel) throws IOException {
        this.channel = channel;
        local = channel.getLocalAddress();
        remote = channel.getRemoteAddress();
    }

    /** Takes over a connected socket; closes it if that fails. */
    static TcpChannel of(SocketChannel channel, TcpOptions options) throws IOException {
        boolean done = false;
        try {
            if (options.noDelay()) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            if (options.keepAlive()) {
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            }
            if (options.sendBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBuffer());
            }
            TcpChannel connected = new TcpChannel(channel);
            done = true;
            return connected;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return timed ? readTimed(target) : channel.read(target);
    }

    // The channel itself knows no time-outs; the socket that stands for it does, but reads arrays only.
    private int readTimed(ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        try {
            if (channel.socket().isInputShutdown()) {
                return -1;
            }
            var input = channel.socket().getInputStream();
            int count;
            if (target.hasArray()) {
                count = input.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
                target.position(target.position() + Math.max(count, 0));
            } else {
                byte[] chunk = new byte[Math.min(CHUNK, target.remaining())];
                count = input.read(chunk);
                target.put(chunk, 0, Math.max(count, 0));
            }
            return count;
        } catch (IOException e) {
            if (channel.isOpen() || e instanceof ClosedChannelException) {
                throw e;
            }
            AsynchronousCloseException closed = new AsynchronousCloseException();
            closed.initCause(e);
            throw closed;
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    @Override
    public void readTimeout(Duration timeout) throws IOException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        // Rounded up: 0 would mean no limit.
        channel.socket().setSoTimeout((int)
                Math.min(Integer.MAX_VALUE, timeout.plusNanos(999_999).toMillis()));
        timed = !timeout.isZero();
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
        return local;
    }

    @Override
    public SocketAddress remoteAddress() {
        return remote;
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
