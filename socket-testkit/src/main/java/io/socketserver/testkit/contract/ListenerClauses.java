package io.socketserver.testkit.contract;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Endpoint;
import io.socketserver.testkit.contract.StreamStage.Pair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What clients meet before they are accepted, and after accepting has ended. */
final class ListenerClauses {

    private static final int CLIENTS = 5;

    private ListenerClauses() {}

    static List<Clause<StreamStage>> all() {
        return List.of(
                new Clause<>("backlog", ListenerClauses::backlog),
                new Clause<>("end of the backlog", ListenerClauses::endOfBacklog),
                new Clause<>("connections outlive their endpoint", ListenerClauses::outlive),
                new Clause<>("nobody listens", ListenerClauses::nobody));
    }

    // Clients are connected before they are accepted, and accepted in order.
    private static void backlog(StreamStage stage) throws Exception {
        Endpoint<Connection> endpoint = stage.endpoint();
        List<Connection> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(stage.connect(endpoint));
            clients.get(i).writeLine("client " + i);
        }
        for (int i = 0; i < CLIENTS; i++) {
            Connection server = stage.accept(endpoint);
            Check.equal("client " + i, server.readLine(), "what the next in the backlog has sent");
            server.writeLine("server " + i);
            Check.equal("server " + i, clients.get(i).readLine(), "what it was answered");
        }
    }

    private static void endOfBacklog(StreamStage stage) throws Exception {
        Endpoint<Connection> endpoint = stage.endpoint();
        Connection waiting = stage.connect(endpoint);
        Task<Boolean> read = stage.scope().run(() -> isLetGo(waiting));
        read.awaitBlocked();
        endpoint.stopAccepting();
        read.join();
    }

    private static void isLetGo(Connection waiting) throws IOException {
        try {
            Check.equal(-1, waiting.read(new byte[1]), "what a client reads that will not be accepted any more");
        } catch (DisconnectedException e) {
            // Reset, which says the same more rudely.
            Check.that(waiting.isOpen(), "a reset has closed this side too");
        }
    }

    private static void outlive(StreamStage stage) throws Exception {
        Endpoint<Connection> endpoint = stage.endpoint();
        Connection client = stage.connect(endpoint);
        Pair pair = new Pair(client, stage.accept(endpoint));
        endpoint.stopAccepting();
        alive(pair, "while accepting is stopped");
        stage.scope().close(endpoint);
        alive(pair, "after its endpoint is closed");
    }

    private static void alive(Pair pair, String when) throws IOException {
        pair.client().writeLine("to");
        Check.equal("to", pair.server().readLine(), "what a connection's server reads " + when);
        pair.server().writeLine("fro");
        Check.equal("fro", pair.client().readLine(), "what a connection's client reads " + when);
    }

    private static void nobody(StreamStage stage) throws Exception {
        Endpoint<Connection> endpoint = stage.endpoint();
        endpoint.stopAccepting();
        Check.fails(IOException.class, () -> stage.connect(endpoint), "connecting where accepting has stopped");
        stage.scope().close(endpoint);
        Check.fails(IOException.class, () -> stage.connect(endpoint), "connecting where nobody listens");
    }
}
