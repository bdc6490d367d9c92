package io.socketserver.testkit.contract;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.TimeSource;
import io.socketserver.api.spi.StreamTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/** A transport of streams in one run of a contract. */
final class StreamStage extends Stage<Connection> {

    /** A time-out that does not pass. */
    static final Duration LONG = Duration.ofHours(1);

    private final StreamTransport transport;
    private final boolean timed;

    StreamStage(Scope scope, TimeSource time, StreamTransport transport, Supplier<URI> addresses, boolean timed) {
        super(scope, time, addresses);
        this.transport = transport;
        this.timed = timed;
    }

    /** Both ends of a connection, and the endpoint that accepted it. */
    record Pair(Connection client, Connection server) {}

    /** Whether connections have time-outs from the beginning. */
    boolean timed() {
        return timed;
    }

    @Override
    Endpoint<Connection> bind(URI address) throws IOException {
        return transport.bind(address);
    }

    Connection connect(URI server) throws IOException {
        return prepared(scope().own(transport.connect(server, LONG)));
    }

    Connection connect(Endpoint<Connection> endpoint) throws IOException {
        return connect(endpoint.uri());
    }

    @Override
    Connection accept(Endpoint<Connection> endpoint) throws IOException {
        return prepared(super.accept(endpoint));
    }

    Pair pair() throws IOException {
        Endpoint<Connection> endpoint = endpoint();
        Connection client = connect(endpoint);
        return new Pair(client, accept(endpoint));
    }

    @Override
    Client client(URI server) throws IOException {
        return new Lines(connect(server), scope());
    }

    @Override
    void serve(Connection request) throws IOException {
        for (String line = request.readLine(); line != null; line = request.readLine()) {
            request.writeLine(line + '!');
        }
    }

    @Override
    void serveOnce(Connection request) throws IOException {
        request.writeLine(request.readLine() + '!');
    }

    private Connection prepared(Connection connection) throws IOException {
        if (timed) {
            connection.readTimeout(LONG);
            connection.writeTimeout(LONG);
        }
        return connection;
    }

    private record Lines(Connection connection, Scope scope) implements Client {

        @Override
        public void send(String text) throws IOException {
            connection.writeLine(text);
        }

        @Override
        public String receive() throws IOException {
            String line = connection.readLine();
            return line == null ? "the end of the stream" : line;
        }

        @Override
        public void close() throws IOException {
            scope.close(connection);
        }
    }
}
