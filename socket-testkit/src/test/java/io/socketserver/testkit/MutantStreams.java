package io.socketserver.testkit;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.StreamTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Memory streams with a fault at one place. */
class MutantStreams implements StreamTransport {

    final MemoryStreams memory = new MemoryStreams();
    private final UnaryOperator<Connection> client;
    private final UnaryOperator<Connection> server;
    private final UnaryOperator<Endpoint<Connection>> endpoint;

    private MutantStreams(
            UnaryOperator<Connection> client,
            UnaryOperator<Connection> server,
            UnaryOperator<Endpoint<Connection>> endpoint) {
        this.client = client;
        this.server = server;
        this.endpoint = endpoint;
    }

    /** For faults of connecting and binding, which are overridden. */
    MutantStreams() {
        this(UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());
    }

    static MutantStreams bothEnds(Function<Connection, ForwardingChannel> fault) {
        return new MutantStreams(mutating(fault), mutating(fault), UnaryOperator.identity());
    }

    static MutantStreams clientEnd(Function<Connection, ForwardingChannel> fault) {
        return new MutantStreams(mutating(fault), UnaryOperator.identity(), UnaryOperator.identity());
    }

    static MutantStreams serverEnd(Function<Connection, ForwardingChannel> fault) {
        return new MutantStreams(UnaryOperator.identity(), mutating(fault), UnaryOperator.identity());
    }

    static MutantStreams ends(
            Function<Connection, ForwardingChannel> client, Function<Connection, ForwardingChannel> server) {
        return new MutantStreams(mutating(client), mutating(server), UnaryOperator.identity());
    }

    static MutantStreams endpoint(UnaryOperator<Endpoint<Connection>> fault) {
        return new MutantStreams(UnaryOperator.identity(), UnaryOperator.identity(), fault);
    }

    private static UnaryOperator<Connection> mutating(Function<Connection, ForwardingChannel> fault) {
        return connection -> Connection.of(fault.apply(connection));
    }

    @Override
    public String scheme() {
        return memory.scheme();
    }

    @Override
    public Endpoint<Connection> bind(URI uri) throws IOException {
        return endpoint.apply(new ForwardingEndpoint<>(memory.bind(uri)) {
            @Override
            public Connection accept(Duration timeout) throws IOException {
                Connection accepted = super.accept(timeout);
                return accepted == null ? null : server.apply(accepted);
            }
        });
    }

    @Override
    public Connection connect(URI uri, Duration timeout) throws IOException {
        return client.apply(memory.connect(uri, timeout));
    }
}
