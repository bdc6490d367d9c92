package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import java.util.Objects;

/**
 * Options of memory transports; immutable.
 *
 * <pre>{@code
 * MemoryEndpoint.bind("echo", MemoryOptions.defaults().backlog(2).time(clock));
 * }</pre>
 */
public final class MemoryOptions {

    private static final MemoryOptions DEFAULTS = new MemoryOptions(50, 65_536, Integer.MAX_VALUE, TimeSource.system());

    private final int backlog;
    private final int capacity;
    private final int maxPacketSize;
    private final TimeSource time;

    private MemoryOptions(int backlog, int capacity, int maxPacketSize, TimeSource time) {
        this.backlog = backlog;
        this.capacity = capacity;
        this.maxPacketSize = maxPacketSize;
        this.time = time;
    }

    /**
     * A backlog of 50, pipes of 64 KiB, packets of any length, the system's time.
     *
     * @return the options to start from
     */
    public static MemoryOptions defaults() {
        return DEFAULTS;
    }

    /**
     * How many connections, or datagrams, may wait at each end; those beyond are refused.
     *
     * @param arrivals at least 1
     * @return options with this set
     * @throws IllegalArgumentException if it is less than 1
     */
    public MemoryOptions backlog(int arrivals) {
        return new MemoryOptions(positive("a backlog", arrivals), capacity, maxPacketSize, time);
    }

    /**
     * How many bytes may be on their way in each direction of a connection before a write blocks.
     *
     * <p>It goes on when there is room for the rest of it, or for half as many.
     *
     * @param bytes at least 1
     * @return options with this set
     * @throws IllegalArgumentException if it is less than 1
     */
    public MemoryOptions capacity(int bytes) {
        return new MemoryOptions(backlog, positive("a capacity", bytes), maxPacketSize, time);
    }

    /**
     * The longest datagram to receive whole: of a longer one the beginning arrives, and {@link
     * io.socketserver.api.Datagram#truncated()} says so.
     *
     * @param bytes at least 1; no limit by default
     * @return options with this set
     * @throws IllegalArgumentException if it is less than 1
     */
    public MemoryOptions maxPacketSize(int bytes) {
        return new MemoryOptions(backlog, capacity, positive("a maximum packet size", bytes), time);
    }

    /**
     * What measures the timeouts of accepting, reading, writing and receiving.
     *
     * @param source usually the {@link VirtualTime} that the server is built with as well
     * @return options with this set
     */
    public MemoryOptions time(TimeSource source) {
        return new MemoryOptions(backlog, capacity, maxPacketSize, Objects.requireNonNull(source, "source"));
    }

    int backlog() {
        return backlog;
    }

    int capacity() {
        return capacity;
    }

    int maxPacketSize() {
        return maxPacketSize;
    }

    TimeSource time() {
        return time;
    }

    private static int positive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be 1 or more, not " + value);
        }
        return value;
    }
}
