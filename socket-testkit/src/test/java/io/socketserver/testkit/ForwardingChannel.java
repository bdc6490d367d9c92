package io.socketserver.testkit;

import io.socketserver.api.Connection;
import io.socketserver.api.spi.PollableChannel;
import io.socketserver.api.spi.Poller;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A channel that does what a connection does; a fault is a method overridden. */
class ForwardingChannel implements PollableChannel {

    private final Connection connection;

    ForwardingChannel(Connection connection) {
        this.connection = connection;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return connection.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = source.remaining();
        connection.write(source);
        return count;
    }

    @Override
    public int tryRead(ByteBuffer target) throws IOException {
        return pollable().tryRead(target);
    }

    @Override
    public int tryWrite(ByteBuffer source) throws IOException {
        return pollable().tryWrite(source);
    }

    @Override
    public Poller openPoller() throws IOException {
        return new ForwardingPoller(pollable().openPoller());
    }

    /** What a poller for the other knows. */
    final PollableChannel pollable() {
        PollableChannel channel = (PollableChannel) connection.channel();
        return channel instanceof ForwardingChannel forwarding ? forwarding.pollable() : channel;
    }

    @Override
    public void readTimeout(Duration timeout) throws IOException {
        connection.readTimeout(timeout);
    }

    @Override
    public void writeTimeout(Duration timeout) throws IOException {
        connection.writeTimeout(timeout);
    }

    @Override
    public void shutdownInput() throws IOException {
        connection.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        connection.shutdownOutput();
    }

    @Override
    public SocketAddress localAddress() {
        return connection.localAddress();
    }

    @Override
    public SocketAddress remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public Object peer() {
        return connection.channel().peer();
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
