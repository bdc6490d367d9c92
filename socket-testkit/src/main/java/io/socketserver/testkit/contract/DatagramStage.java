package io.socketserver.testkit.contract;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Endpoint;
import io.socketserver.api.TimeSource;
import io.socketserver.api.spi.DatagramTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** A transport of datagrams in one run of a contract. */
final class DatagramStage extends Stage<Datagram> {

    private final DatagramTransport transport;

    DatagramStage(Scope scope, TimeSource time, DatagramTransport transport, Supplier<URI> addresses) {
        super(scope, time, addresses);
        this.transport = transport;
    }

    @Override
    Endpoint<Datagram> bind(URI address) throws IOException {
        return transport.bind(address);
    }

    DatagramClient open(Endpoint<Datagram> server) throws IOException {
        return scope().own(transport.open(server.uri()));
    }

    @Override
    Client client(URI server) throws IOException {
        return new Texts(scope().own(transport.open(server)), scope());
    }

    @Override
    void serve(Datagram request) throws IOException {
        serveOnce(request);
    }

    @Override
    void serveOnce(Datagram request) throws IOException {
        request.input().transferTo(request.output());
        request.output().write('!');
    }

    static ByteBuffer payload(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    static String text(Datagram datagram) {
        return StandardCharsets.UTF_8.decode(datagram.payload()).toString();
    }

    private record Texts(DatagramClient client, Scope scope) implements Client {

        @Override
        public void send(String text) throws IOException {
            client.send(payload(text));
        }

        @Override
        public String receive() throws IOException {
            return text(client.receive());
        }

        @Override
        public void close() throws IOException {
            scope.close(client);
        }
    }
}
