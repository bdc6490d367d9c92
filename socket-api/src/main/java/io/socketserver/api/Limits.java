package io.socketserver.api;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How much a server takes on: how many requests at once, from whom, how fast, and for how long; immutable.
 *
 * <pre>{@code
 * Server.on(endpoint).limits(Limits.none().maxConnections(100).requestDeadline(Duration.ofSeconds(30)))
 * }</pre>
 *
 * <p>A request counts from its acceptance until its handler has ended, one that ignores being cut off included. The
 * limits in time end the request: it is closed, its thread is interrupted, observers are {@linkplain Observer#timedOut
 * told}, and what it then throws is no failure. They are exact to the precision of the server's {@link TimeSource}, need
 * one thread for all requests, and leave the connection's own {@linkplain Connection#readTimeout(Duration) timeouts}
 * alone. Of datagrams only the limit on the whole request applies.
 */
public final class Limits {

    /** Stands for no limit. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    private static final Limits NONE = new Limits();

    private int maxConnections = UNLIMITED;
    private WhenFull whenFull = WhenFull.QUEUE;
    private int maxPerPeer = UNLIMITED;
    private int ipv4Prefix = 32;
    private int ipv6Prefix = 128;
    private int acceptRate = UNLIMITED;
    private final Map<TimeLimit, Duration> times = new EnumMap<>(TimeLimit.class);

    private Limits() {}

    /**
     * As much as the system allows, for as long as it takes.
     *
     * @return the limits to start from
     */
    public static Limits none() {
        return NONE;
    }

    /**
     * How many requests there may be at once: connections, or datagrams being handled.
     *
     * @param count at least 1; unlimited by default
     * @return limits with this set
     */
    public Limits maxConnections(int count) {
        return with(copy -> copy.maxConnections = positive("maxConnections", count));
    }

    /**
     * What becomes of those beyond {@link #maxConnections(int)} and {@link #acceptRate(int)}. Queued, the number of
     * requests is exact, since room is made sure of before accepting; refused, there is one more for a moment.
     *
     * @param choice {@link WhenFull#QUEUE} by default
     * @return limits with this set
     */
    public Limits whenFull(WhenFull choice) {
        return with(copy -> copy.whenFull = Objects.requireNonNull(choice, "choice"));
    }

    /**
     * How many requests of one peer there may be at once; more are refused. Peers are told apart by their addresses
     * without the port, see {@link #peerPrefix}; those of Unix streams by their users, if the module {@code jdk.net} is
     * there, and else they are all one.
     *
     * @param count at least 1; unlimited by default
     * @return limits with this set
     */
    public Limits maxPerPeer(int count) {
        return with(copy -> copy.maxPerPeer = positive("maxPerPeer", count));
    }

    /**
     * How much of an IP address makes a peer: whoever has a network has all of its addresses.
     *
     * @param ipv4Bits from 0 to 32, by default 32
     * @param ipv6Bits from 0 to 128, by default 128; a customer's network is often of 64
     * @return limits with this set
     */
    public Limits peerPrefix(int ipv4Bits, int ipv6Bits) {
        return with(copy -> {
            copy.ipv4Prefix = prefix(ipv4Bits, 32);
            copy.ipv6Prefix = prefix(ipv6Bits, 128);
        });
    }

    /**
     * How many requests may be accepted in a second; after a rest, as many as that at once.
     *
     * @param perSecond at least 1; unlimited by default
     * @return limits with this set
     */
    public Limits acceptRate(int perSecond) {
        return with(copy -> copy.acceptRate = positive("acceptRate", perSecond));
    }

    /**
     * How long a connection may be without a byte in either direction.
     *
     * @param time positive; unlimited by default
     * @return limits with this set
     */
    public Limits idleTimeout(Duration time) {
        return with(TimeLimit.IDLE_TIMEOUT, time);
    }

    /**
     * How long each read of a connection may wait for its first byte.
     *
     * @param time positive; unlimited by default
     * @return limits with this set
     */
    public Limits readTimeout(Duration time) {
        return with(TimeLimit.READ_TIMEOUT, time);
    }

    /**
     * How long each write to a connection may take in all.
     *
     * @param time positive; unlimited by default
     * @return limits with this set
     */
    public Limits writeTimeout(Duration time) {
        return with(TimeLimit.WRITE_TIMEOUT, time);
    }

    /**
     * How long a request may take from its acceptance to its end, whatever it does.
     *
     * @param time positive; unlimited by default
     * @return limits with this set
     */
    public Limits requestDeadline(Duration time) {
        return with(TimeLimit.REQUEST_DEADLINE, time);
    }

    int maxConnections() {
        return maxConnections;
    }

    WhenFull whenFull() {
        return whenFull;
    }

    int maxPerPeer() {
        return maxPerPeer;
    }

    int ipv4Prefix() {
        return ipv4Prefix;
    }

    int ipv6Prefix() {
        return ipv6Prefix;
    }

    int acceptRate() {
        return acceptRate;
    }

    /** Those that are set. */
    Map<TimeLimit, Duration> times() {
        return Map.copyOf(times);
    }

    private Limits with(TimeLimit limit, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("the " + limit + " must be positive, not " + time);
        }
        return with(copy -> copy.times.put(limit, time));
    }

    private Limits with(Consumer<Limits> change) {
        Limits copy = new Limits();
        copy.maxConnections = maxConnections;
        copy.whenFull = whenFull;
        copy.maxPerPeer = maxPerPeer;
        copy.ipv4Prefix = ipv4Prefix;
        copy.ipv6Prefix = ipv6Prefix;
        copy.acceptRate = acceptRate;
        copy.times.putAll(times);
        change.accept(copy);
        return copy;
    }

    private static int positive(String name, int count) {
        if (count < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more, not " + count);
        }
        return count;
    }

    private static int prefix(int bits, int max) {
        if (bits < 0 || bits > max) {
            throw new IllegalArgumentException("a prefix must be from 0 to " + max + " bits, not " + bits);
        }
        return bits;
    }
}
