package io.socketserver.api.spi;

/**
 * A kind of endpoint and of connection, found by its URI scheme; see {@link io.socketserver.api.Transports}.
 *
 * <p>A module provides one by {@code provides io.socketserver.api.spi.Transport with …}, a jar on the class path by a
 * file in {@code META-INF/services}. It has a public constructor without parameters, which should do next to nothing.
 * Thread-safe.
 */
public sealed interface Transport permits StreamTransport, DatagramTransport {

    /**
     * The URI scheme that is this transport's alone.
     *
     * @return the scheme in lower case, without a colon
     */
    String scheme();
}
