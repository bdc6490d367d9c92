package io.socketserver.testkit;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Endpoint;
import io.socketserver.api.TimeSource;
import io.socketserver.api.spi.DatagramTransport;
import io.socketserver.api.spi.ReplyChannel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Memory datagrams; a fault is a method overridden, or an endpoint that is another. */
class MutantDatagrams implements DatagramTransport {

    final MemoryDatagrams memory = new MemoryDatagrams();

    static MutantDatagrams endpoint(UnaryOperator<Endpoint<Datagram>> fault) {
        return new MutantDatagrams() {
            @Override
            public Endpoint<Datagram> bind(URI uri) throws IOException {
                return fault.apply(super.bind(uri));
            }
        };
    }

    /** Mutates what the server answers. */
    static MutantDatagrams answers(UnaryOperator<ReplyChannel> fault) {
        return endpoint(endpoint -> {
            return new ForwardingEndpoint<>(endpoint) {
                @Override
                public Datagram accept(Duration timeout) throws IOException {
                    Datagram received = super.accept(timeout);
                    return received == null ? null : answering(received, fault.apply((p, to) -> received.send(p)));
                }
            };
        });
    }

    static Datagram answering(Datagram received, ReplyChannel channel) {
        return Datagram.of(
                received.payload(), received.truncated(), received.remoteAddress(), received.localAddress(), channel);
    }

    @Override
    public String scheme() {
        return memory.scheme();
    }

    @Override
    public Endpoint<Datagram> bind(URI uri) throws IOException {
        return memory.bind(uri);
    }

    @Override
    public DatagramClient open(URI uri) throws IOException {
        DatagramClient client = memory.open(uri);
        return DatagramClient.of(
                receiving(new ClientEnd(client)),
                sending((payload, to) -> client.send(payload), client),
                client.remoteAddress(),
                TimeSource.system());
    }

    /** What clients receive from. */
    Endpoint<Datagram> receiving(Endpoint<Datagram> endpoint) {
        return endpoint;
    }

    /** What clients send with. */
    ReplyChannel sending(ReplyChannel channel, DatagramClient client) {
        return channel;
    }

    /** A client's receiving side, as the endpoint it was made of. */
    private record ClientEnd(DatagramClient client) implements Endpoint<Datagram> {

        @Override
        public Datagram accept(Duration timeout) throws IOException {
            try {
                return client.receive(timeout);
            } catch (SocketTimeoutException e) {
                return null;
            } catch (InterruptedIOException e) {
                // The flag is kept, and means the same to the caller.
                return null;
            }
        }

        @Override
        public void wakeup() {
            throw new UnsupportedOperationException("nobody wakes a client");
        }

        @Override
        public void stopAccepting() throws IOException {
            client.close();
        }

        @Override
        public SocketAddress address() {
            return client.localAddress();
        }

        @Override
        public URI uri() {
            throw new UnsupportedOperationException("a client is not connected to");
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
