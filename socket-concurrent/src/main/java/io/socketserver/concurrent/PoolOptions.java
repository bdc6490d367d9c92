package io.socketserver.concurrent;

import io.socketserver.api.WhenFull;
import java.util.Objects;

/**
 * Options of a pool of threads; immutable.
 *
 * <pre>{@code
 * Dispatchers.pool(PoolOptions.of(16).queue(64).whenFull(WhenFull.REFUSE));
 * }</pre>
 */
public final class PoolOptions {

    private static final int MAX_THREADS = 100_000;

    private final int threads;
    private final int queue;
    private final WhenFull whenFull;
    private final ThreadOptions common;

    private PoolOptions(int threads, int queue, WhenFull whenFull, ThreadOptions common) {
        this.threads = between(1, threads, MAX_THREADS, "a pool's threads");
        this.queue = between(0, queue, Integer.MAX_VALUE - MAX_THREADS - 1, "a pool's queue");
        this.whenFull = Objects.requireNonNull(whenFull, "whenFull");
        this.common = common;
    }

    /**
     * A pool with a queue as long as it has threads, which makes the server wait when it is full; the threads are named
     * {@code pool-1} and so on, keep the process alive, and closing the server waits for them.
     *
     * @param threads how many requests are handled at once, from 1 to 100,000; each thread starts when it is needed, and
     *     ends after a minute without work
     * @return the options to start from
     * @throws IllegalArgumentException if there are none, or too many
     */
    public static PoolOptions of(int threads) {
        return new PoolOptions(
                threads, threads, WhenFull.QUEUE, ThreadOptions.defaults().name("pool"));
    }

    /**
     * How many requests may wait for a thread.
     *
     * <p>With none, and {@link WhenFull#REFUSE}, a client that comes back at once may be refused, since the thread that has
     * just ended its last request has not come to rest.
     *
     * @param length 0 or more; as many as there are threads by default
     * @return options with this set
     * @throws IllegalArgumentException if it is negative
     */
    public PoolOptions queue(int length) {
        return new PoolOptions(threads, length, whenFull, common);
    }

    /**
     * What the server does when all threads are busy and the queue is full.
     *
     * @param choice {@link WhenFull#QUEUE} by default: it accepts no more until there is room. With {@link
     *     WhenFull#REFUSE} it closes what comes
     * @return options with this set
     */
    public PoolOptions whenFull(WhenFull choice) {
        return new PoolOptions(threads, queue, choice, common);
    }

    /**
     * What the threads' names begin with; a hyphen and a number follow.
     *
     * @param prefix {@code pool} by default
     * @return options with this set
     */
    public PoolOptions name(String prefix) {
        return new PoolOptions(threads, queue, whenFull, common.name(prefix));
    }

    /**
     * Whether the process may end while the threads run.
     *
     * @param on false by default
     * @return options with this set
     */
    public PoolOptions daemon(boolean on) {
        return new PoolOptions(threads, queue, whenFull, common.daemon(on));
    }

    /**
     * Whether {@link io.socketserver.api.Server#close()} waits for requests in flight.
     *
     * @param on true by default
     * @return options with this set
     */
    public PoolOptions blockOnClose(boolean on) {
        return new PoolOptions(threads, queue, whenFull, common.blockOnClose(on));
    }

    int threads() {
        return threads;
    }

    int queue() {
        return queue;
    }

    WhenFull whenFull() {
        return whenFull;
    }

    String name() {
        return common.name();
    }

    boolean daemon() {
        return common.daemon();
    }

    boolean blockOnClose() {
        return common.blockOnClose();
    }

    static int between(int min, int number, int max, String what) {
        if (number < min || number > max) {
            throw new IllegalArgumentException(what + " must be from " + min + " to " + max + ", not " + number);
        }
        return number;
    }
}
