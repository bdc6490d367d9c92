package io.socketserver.testkit.junit;

import io.socketserver.api.Connection;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.DrainReport;
import io.socketserver.api.Endpoint;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.ServerBuilder;
import io.socketserver.api.Transports;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryDatagramEndpoint;
import io.socketserver.testkit.MemoryEndpoint;
import io.socketserver.testkit.Network;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** The server of one test, with its clients, and what is looked at when the test is over. */
final class RunningServer<R extends Request> {

    /** With a handler that is expected to fail. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LeakCheck leaks;
    private final ErrorQueue errors = new ErrorQueue(PATIENCE);
    private final Queue<Closeable> clients = new ConcurrentLinkedQueue<>();
    private final SocketFolder folder;
    private final Endpoint<R> endpoint;
    private final Server<R> server;

    RunningServer(
            PathEndpointSource<R> source, Function<? super ServerBuilder<R>, Server<R>> composition, LeakCheck begun)
            throws Exception {
        leaks = begun;
        folder = SocketFolder.create();
        Endpoint<R> bound = null;
        try {
            bound = source.bind(folder.socket());
            server = composition.apply(Server.on(bound).onError(errors)).start();
        } catch (Throwable failure) {
            Aftermath.alsoTry(failure, bound == null ? () -> {} : bound::close);
            Aftermath.alsoTry(failure, folder::delete);
            throw failure;
        }
        endpoint = bound;
    }

    Server<R> server() {
        return server;
    }

    Optional<Network> network() {
        return Network.of(endpoint);
    }

    ErrorQueue errors() {
        return errors;
    }

    /** Whether its clients are of that type. */
    boolean isReachedBy(Class<?> client) {
        return client == Connection.class ? hasStreams() : client == DatagramClient.class && !hasStreams();
    }

    private boolean hasStreams() {
        return endpoint instanceof MemoryEndpoint
                || (!(endpoint instanceof MemoryDatagramEndpoint) && Transports.isStream(server.uri()));
    }

    Connection connect() throws IOException {
        if (endpoint instanceof MemoryDatagramEndpoint) {
            throw new IllegalArgumentException(server + " serves datagrams: open() a client of it");
        }
        return owned(endpoint instanceof MemoryEndpoint memory ? memory.connect() : Transports.connect(server.uri()));
    }

    DatagramClient open() throws IOException {
        if (endpoint instanceof MemoryEndpoint) {
            throw new IllegalArgumentException(server + " serves streams: connect() to it");
        }
        return owned(
                endpoint instanceof MemoryDatagramEndpoint memory ? memory.client() : Transports.open(server.uri()));
    }

    private <C extends Closeable> C owned(C client) {
        clients.add(client);
        return client;
    }

    /** Ends it all, and throws if the test has left anything that it should not have. */
    void end(Duration grace, boolean last) {
        Aftermath aftermath = new Aftermath("the server on " + server.uri());
        for (Closeable client : clients) {
            aftermath.look(client::close);
        }
        if (server.state() != Server.State.CLOSED) {
            aftermath.look(() -> requireDrained(Draining.of(server, grace)));
        }
        for (Throwable failure : errors.rest()) {
            aftermath.found("a handler has failed, which no test expected: " + failure, failure);
        }
        aftermath.look(folder::requireEmpty);
        aftermath.look(folder::delete);
        // The servers that began before it still run, if there are some; the first of them sees everything.
        if (last) {
            aftermath.look(() -> leaks.assertNone(grace.plusSeconds(1)));
        }
        aftermath.report();
    }

    private static void requireDrained(DrainReport report) {
        if (report.closedAtGrace() + report.abandoned() > 0) {
            throw new AssertionError("requests went on when their clients were gone; " + report);
        }
    }
}
