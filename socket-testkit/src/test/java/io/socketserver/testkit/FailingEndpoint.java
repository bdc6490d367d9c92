package io.socketserver.testkit;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An endpoint of which some attempts to accept fail, as they do for want of descriptors. */
class FailingEndpoint implements Endpoint<Connection> {

    static final String MESSAGE = "Too many open files";

    private final Endpoint<Connection> endpoint;
    private final Queue<Boolean> attempts = new ConcurrentLinkedQueue<>();

    FailingEndpoint(Endpoint<Connection> endpoint) {
        this.endpoint = endpoint;
    }

    /** Makes the next attempts fail. */
    void fail(int times) {
        attempts.addAll(Collections.nCopies(times, false));
    }

    /** Lets one attempt succeed. */
    void succeed() {
        attempts.add(true);
    }

    @Override
    public Connection accept(Duration timeout) throws IOException {
        if (Boolean.FALSE.equals(attempts.poll())) {
            throw new IOException(MESSAGE);
        }
        return endpoint.accept(timeout);
    }

    @Override
    public void wakeup() {
        endpoint.wakeup();
    }

    @Override
    public void stopAccepting() throws IOException {
        endpoint.stopAccepting();
    }

    @Override
    public SocketAddress address() {
        return endpoint.address();
    }

    @Override
    public URI uri() {
        return endpoint.uri();
    }

    @Override
    public void close() throws IOException {
        endpoint.close();
    }
}
