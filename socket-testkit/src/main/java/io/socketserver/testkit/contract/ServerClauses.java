package io.socketserver.testkit.contract;

import io.socketserver.api.DrainReport;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.testkit.contract.Stage.Client;
import java.io.Closeable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A server's life on the transport, of whatever kind. */
final class ServerClauses {

    private static final Duration GRACE = Duration.ofHours(1);
    private static final int CLIENTS = 8;
    private static final int EXCHANGES = 10;
    private static final int SERVERS = 3;

    private ServerClauses() {}

    static <R extends Request> List<Clause<Stage<R>>> all() {
        return List.of(
                new Clause<>("shutdown while accepting", ServerClauses::shutdown),
                new Clause<>("shutdown before serving", ServerClauses::shutdownFirst),
                new Clause<>("use after close of a server", ServerClauses::afterClose),
                new Clause<>("drain answers requests in flight", ServerClauses::drain),
                new Clause<>("many clients at once", ServerClauses::many),
                new Clause<>("servers in turn", ServerClauses::inTurn));
    }

    private static <R extends Request> void shutdown(Stage<R> stage) throws Exception {
        Served<R> served = Served.anywhere(stage, stage::serve);
        served.serving().awaitBlocked();
        served.server().shutdown();
        served.server().shutdown();
        served.serving().join();
        Check.that(served.server().awaitStopped(GRACE), "a server that was shut down has not stopped");
        Check.equal(Server.State.DRAINING, served.server().state(), "the state of a server that was shut down");
        served.end(Duration.ZERO);
    }

    // There is nothing to end yet but the endpoint; its address is free afterwards.
    private static <R extends Request> void shutdownFirst(Stage<R> stage) throws Exception {
        Server<R> server = Server.on(stage.bind(stage.address())).handle(stage::serve);
        Closeable closing = stage.scope().own(server::close);
        server.shutdown();
        server.shutdown();
        server.serve();
        Check.equal(Server.State.DRAINING, server.state(), "the state of a server shut down before it served");
        stage.scope().close(closing);
        Check.equal(Server.State.CLOSED, server.state(), "the state of a server closed before it served");
        answers(stage, server.uri(), "the successor");
    }

    private static <R extends Request> void afterClose(Stage<R> stage) throws Exception {
        Served<R> served = Served.anywhere(stage, stage::serve);
        served.serving().awaitBlocked();
        served.end(GRACE);
        Server<R> server = served.server();
        server.shutdown();
        server.close();
        server.close();
        server.drain(GRACE);
        Check.fails(IllegalStateException.class, server::serve, "serving after close");
        Check.fails(IllegalStateException.class, server::start, "starting after close");
        Check.fails(IllegalStateException.class, () -> server.serveOne(GRACE), "serving one after close");
        Check.equal(Server.State.CLOSED, server.state(), "the state of a server that was closed and used again");
    }

    private static <R extends Request> void drain(Stage<R> stage) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Served<R> served = Served.anywhere(stage, request -> {
            begun.countDown();
            goOn.await();
            stage.serveOnce(request);
        });
        Client client = stage.client(served.server().uri());
        client.send("late");
        begun.await();
        Task<DrainReport> report = stage.scope().start(() -> served.end(GRACE));
        served.awaitDraining();
        served.serving().join();
        goOn.countDown();
        Check.equal("late!", client.receive(), "the answer to a request in flight when the server was drained");
        Check.equal(1L, report.join().completed(), "the number of requests that the drained server has completed");
    }

    private static <R extends Request> void many(Stage<R> stage) throws Exception {
        Served<R> served = Served.anywhere(stage, stage::serve);
        List<Task<Boolean>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String name = "client " + i;
            clients.add(stage.scope()
                    .run(() -> exchange(stage.client(served.server().uri()), name)));
        }
        for (Task<Boolean> client : clients) {
            client.join();
        }
        served.end(GRACE);
    }

    private static void exchange(Client client, String name) throws Exception {
        for (int i = 0; i < EXCHANGES; i++) {
            client.send(name + " says " + i);
            Check.equal(name + " says " + i + '!', client.receive(), "the answer to one of many clients");
        }
        client.close();
    }

    // The address is free as soon as a server has ended, also if its clients are still there.
    private static <R extends Request> void inTurn(Stage<R> stage) throws Exception {
        URI address = stage.address();
        for (int i = 0; i < SERVERS; i++) {
            address = answers(stage, address, "server " + i);
        }
    }

    // A server's whole life; returns where it was.
    private static <R extends Request> URI answers(Stage<R> stage, URI address, String name) throws Exception {
        Served<R> served = Served.at(stage, address, stage::serve);
        Client client = stage.client(served.server().uri());
        client.send(name);
        Check.equal(name + '!', client.receive(), "the answer of one of several servers");
        served.end(Duration.ZERO);
        Check.equal(Server.State.CLOSED, served.server().state(), "the state of a server that has ended");
        return served.server().uri();
    }
}
