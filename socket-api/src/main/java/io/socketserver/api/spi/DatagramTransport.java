package io.socketserver.api.spi;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Endpoint;
import java.io.IOException;
import java.net.URI;

/** A transport of packets, each of which arrives by itself: {@link Datagram}. */
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

    /**
     * Opens a socket for talking to the server at an address.
     *
     * @param uri the address, of this transport's scheme; options are in its query
     * @return a client; whether anybody listens there is not known yet
     * @throws IllegalArgumentException if the URI is not of the form this transport understands
     * @throws IOException if it fails; the message names the address
     */
    DatagramClient open(URI uri) throws IOException;
}
