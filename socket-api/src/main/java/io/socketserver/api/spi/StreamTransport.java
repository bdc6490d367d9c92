package io.socketserver.api.spi;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** A transport of byte streams. */
public non-sealed interface StreamTransport extends Transport {

    /**
     * Listens at an address.
     *
     * @param uri the address, of this transport's scheme; options are in its query
     * @return a bound endpoint
     * @throws IllegalArgumentException if the URI is not of the form this transport understands; the message says what
     *     is
     * @throws IOException if it cannot be bound; the message names the address
     */
    Endpoint<Connection> bind(URI uri) throws IOException;

    /**
     * Connects to an address.
     *
     * @param uri the address, of this transport's scheme; options are in its query
     * @param timeout how long to try; zero for as long as the system does
     * @return a connection
     * @throws IllegalArgumentException if the URI is not of the form this transport understands
     * @throws java.net.SocketTimeoutException if it takes too long
     * @throws IOException if it fails; the message names the address
     */
    Connection connect(URI uri, Duration timeout) throws IOException;
}
