package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Dispatcher;
import io.socketserver.api.Endpoint;
import io.socketserver.api.Handler;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.testkit.MemoryDatagramEndpoint;
import io.socketserver.testkit.MemoryEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A handler at work in a server, and what went wrong there. */
final class Served<R extends Request> implements AutoCloseable, Observer {

    final Endpoint<R> endpoint;
    final Server<R> server;
    final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    final BlockingQueue<DisconnectedException> disconnects = new LinkedBlockingQueue<>();
    final BlockingQueue<Request> ended = new LinkedBlockingQueue<>();

    private Served(Endpoint<R> endpoint, Handler<? super R> handler, Dispatcher dispatcher) {
        this.endpoint = endpoint;
        server = Server.on(endpoint)
                .dispatch(dispatcher)
                .observe(this)
                .onError((request, failure) -> failures.add(failure))
                .handle(handler)
                .start();
    }

    static Served<Connection> streams(Handler<? super Connection> handler) {
        return new Served<>(MemoryEndpoint.bind(), handler, Dispatchers.threads());
    }

    static Served<Datagram> datagrams(Handler<? super Datagram> handler) {
        return new Served<>(MemoryDatagramEndpoint.bind(), handler, Dispatchers.threads());
    }

    Connection connect() throws IOException {
        return ((MemoryEndpoint) endpoint).connect();
    }

    DatagramClient client() {
        return ((MemoryDatagramEndpoint) endpoint).client();
    }

    /** Sends all, half-closes, and returns all that is answered. */
    String exchange(String sent) throws IOException {
        try (Connection client = connect()) {
            say(client, sent.getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();
            return new String(client.input().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Sends all, unless the conversation ends before: a child need not wait for what it does not read. */
    static void say(Connection client, byte[] what) throws IOException {
        try {
            client.write(what);
        } catch (DisconnectedException e) {
            assertThat(e).as("it ended before all was said").hasRootCauseMessage("broken pipe");
        }
    }

    ProcessFailedException nextFailure() throws InterruptedException {
        Throwable failure = failures.poll(20, TimeUnit.SECONDS);
        if (failure instanceof ProcessFailedException failed) {
            return failed;
        }
        throw new AssertionError("no child has failed", failure);
    }

    void awaitEnded() throws InterruptedException {
        if (ended.poll(20, TimeUnit.SECONDS) == null) {
            throw new AssertionError("no request has ended");
        }
    }

    @Override
    public void disconnected(Request request, DisconnectedException cause) {
        disconnects.add(cause);
    }

    @Override
    public void ended(Request request) {
        ended.add(request);
    }

    @Override
    public void close() {
        server.close();
    }
}
