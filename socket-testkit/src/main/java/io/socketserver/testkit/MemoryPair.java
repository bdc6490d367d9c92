package io.socketserver.testkit;

import io.socketserver.api.Connection;
import java.io.Closeable;
import java.io.IOException;

/**
 * Both ends of a connection that exists in memory only, for tests of code that is given a connection.
 *
 * <p>They behave as TCP's do: a reader blocks while there is nothing, a writer while {@linkplain
 * MemoryOptions#capacity(int) the pipe} is full; a half-close ends one direction; what is written to an end that has
 * shut down its input is dropped; an end that is closed is read to its last byte, and cannot be written to.
 *
 * @param client one end
 * @param server the other end
 */
public record MemoryPair(Connection client, Connection server) implements Closeable {

    /**
     * Connects two ends, with default options.
     *
     * @return the pair
     */
    public static MemoryPair open() {
        return open(MemoryOptions.defaults());
    }

    /**
     * Connects two ends.
     *
     * @param options capacity and time matter
     * @return the pair
     */
    public static MemoryPair open(MemoryOptions options) {
        Ends ends = Ends.connect(options, new MemoryAddress("pair", 1), new MemoryAddress("pair", 2));
        return new MemoryPair(Connection.of(ends.near), Connection.of(ends.far));
    }

    /** Closes both ends; idempotent. */
    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }

    /** The same, one level below. */
    record Ends(MemoryChannel near, MemoryChannel far) {

        static Ends connect(MemoryOptions options, MemoryAddress near, MemoryAddress far) {
            Pipe there = new Pipe(options);
            Pipe back = new Pipe(options);
            return new Ends(
                    new MemoryChannel(back, there, near, far, options.time()),
                    new MemoryChannel(there, back, far, near, options.time()));
        }
    }
}
