package io.socketserver.testkit;

import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;

/**
 * The address of one end of a memory transport: an endpoint such as {@code memory:echo}, or a client of it such as
 * {@code memory:echo#3}. Immutable.
 */
public final class MemoryAddress extends SocketAddress {

    private static final long serialVersionUID = 1L;

    /** The endpoint's name. */
    private final String name;
    /** The client's number, 0 for the endpoint itself. */
    private final long number;

    MemoryAddress(String name, long number) {
        this.name = Objects.requireNonNull(name, "name");
        this.number = number;
    }

    /**
     * The name of the endpoint.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Which client of the endpoint this is.
     *
     * @return 0 for the endpoint itself; its clients count from 1
     */
    public long number() {
        return number;
    }

    /** The name, and the number if there is one. */
    String label() {
        return name + (number == 0 ? "" : "#" + number);
    }

    URI uri() {
        try {
            return new URI("memory", name, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("a memory endpoint needs a name of at least one character", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemoryAddress that && that.name.equals(name) && that.number == number;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, number);
    }

    @Override
    public String toString() {
        return "memory:" + label();
    }
}
