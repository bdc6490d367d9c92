package io.socketserver.api.spi;

import io.socketserver.api.Datagram;
import io.socketserver.api.Endpoint;
import java.io.IOException;
import java.net.URI;

/** A transport of datagrams. */
public non-sealed interface DatagramTransport extends Transport {

    /**
     * Receives at an address.
     *
     * @param uri the address, of this transport's scheme; options are in its query
     * @return a bound endpoint
     * @throws IllegalArgumentException if the URI is not of the form this transport understands; the message says what
     *     is
     * @throws IOException if it cannot be bound; the message names the address
     */
    Endpoint<Datagram> bind(URI uri) throws IOException;
}
