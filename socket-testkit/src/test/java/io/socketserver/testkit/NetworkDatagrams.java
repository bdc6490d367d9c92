package io.socketserver.testkit;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.DatagramTransport;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;

/** Endpoints of datagrams on a network, by URI. */
final class NetworkDatagrams implements DatagramTransport {

    static final int LIMIT = 100;

    private final Network network;
    private final AtomicLong count = new AtomicLong();

    NetworkDatagrams(Network network) {
        this.network = network;
    }

    URI address() {
        return URI.create("memory:d" + count.incrementAndGet());
    }

    /** An address of an endpoint that receives only so much of a datagram. */
    URI limited() {
        return URI.create("memory:limited" + count.incrementAndGet());
    }

    @Override
    public String scheme() {
        return "memory";
    }

    @Override
    public Endpoint<Datagram> bind(URI uri) throws IOException {
        String name = uri.getSchemeSpecificPart();
        MemoryOptions options = MemoryOptions.defaults();
        return network.bindDatagram(name, name.startsWith("limited") ? options.maxPacketSize(LIMIT) : options);
    }

    @Override
    public DatagramClient open(URI uri) throws IOException {
        return network.openDatagram(uri.getSchemeSpecificPart());
    }
}
