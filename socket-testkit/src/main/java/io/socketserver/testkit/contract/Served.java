package io.socketserver.testkit.contract;

import io.socketserver.api.DisconnectedException;
import io.socketserver.api.DrainReport;
import io.socketserver.api.Handler;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** A server on a transport, the thread that serves, and what it has told of itself. */
final class Served<R extends Request> implements Closeable, Observer {

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final CountDownLatch draining = new CountDownLatch(1);
    private final CountDownLatch disconnected = new CountDownLatch(1);
    private final Scope scope;
    private final Server<R> server;
    private final Task<Boolean> serving;

    private Served(Stage<R> stage, URI address, Handler<? super R> handler) throws IOException {
        scope = stage.scope();
        server = Server.on(stage.bind(address))
                .dispatch(new ThreadPerRequest())
                .observe(this)
                .onError((request, failure) -> failures.add(failure))
                .handle(handler);
        serving = scope.run(server::serve);
    }

    static <R extends Request> Served<R> at(Stage<R> stage, URI address, Handler<? super R> handler)
            throws IOException {
        return stage.scope().own(new Served<>(stage, address, handler));
    }

    static <R extends Request> Served<R> anywhere(Stage<R> stage, Handler<? super R> handler) throws IOException {
        return at(stage, stage.address(), handler);
    }

    Server<R> server() {
        return server;
    }

    Task<Boolean> serving() {
        return serving;
    }

    /** Ends the server at once, whatever is still in flight; nothing may have failed. */
    DrainReport end(Duration grace) throws Exception {
        DrainReport report = server.drain(grace);
        scope.close(this);
        serving.join();
        if (!failures.isEmpty()) {
            throw new AssertionError("a handler has failed: " + failures.peek(), failures.peek());
        }
        return report;
    }

    void awaitDraining() throws InterruptedException {
        draining.await();
    }

    void awaitDisconnect() throws InterruptedException {
        disconnected.await();
    }

    @Override
    public void stateChanged(Server<?> told, Server.State from, Server.State to) {
        if (to == Server.State.DRAINING) {
            draining.countDown();
        }
    }

    @Override
    public void disconnected(Request request, DisconnectedException cause) {
        disconnected.countDown();
    }

    @Override
    public void close() {
        if (server.state() != Server.State.CLOSED) {
            server.drain(Duration.ZERO);
        }
    }
}
