package io.socketserver.testkit;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.DatagramTransport;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Memory endpoints of datagrams by URI. */
final class MemoryDatagrams implements DatagramTransport {

    static final int LIMIT = 100;

    private final Map<URI, MemoryDatagramEndpoint> endpoints = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();

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
    public Endpoint<Datagram> bind(URI uri) {
        String name = uri.getSchemeSpecificPart();
        MemoryOptions options = MemoryOptions.defaults();
        MemoryDatagramEndpoint endpoint =
                MemoryDatagramEndpoint.bind(name, name.startsWith("limited") ? options.maxPacketSize(LIMIT) : options);
        endpoints.put(uri, endpoint);
        return endpoint;
    }

    @Override
    public DatagramClient open(URI uri) {
        return endpoints.get(uri).client();
    }
}
