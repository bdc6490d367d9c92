package io.socketserver.concurrent;

/**
 * Options of an event loop; immutable.
 *
 * <pre>{@code
 * Dispatchers.eventLoop(EventLoopOptions.of(2).maxQueued(64 * 1024));
 * }</pre>
 */
public final class EventLoopOptions {

    /** How many bytes may wait for one peer, unless another number is set: {@value}. */
    public static final int DEFAULT_MAX_QUEUED = 1 << 20;

    private static final int MAX_LOOPS = 1024;

    private final int loops;
    private final int maxQueued;
    private final ThreadOptions common;

    private EventLoopOptions(int loops, int maxQueued, ThreadOptions common) {
        this.loops = PoolOptions.between(1, loops, MAX_LOOPS, "event loops");
        this.maxQueued = PoolOptions.between(0, maxQueued, Integer.MAX_VALUE, "the bytes that may be queued");
        this.common = common;
    }

    /**
     * So many loops, named {@code loop-1} and so on, that keep the process alive, and for which closing the server waits.
     *
     * @param loops how many threads, from 1 to 1,024; each starts when it is needed
     * @return the options to start from
     * @throws IllegalArgumentException if there are none, or too many
     */
    public static EventLoopOptions of(int loops) {
        return new EventLoopOptions(
                loops, DEFAULT_MAX_QUEUED, ThreadOptions.defaults().name("loop"));
    }

    /**
     * A loop for each processor of this machine.
     *
     * @return the options to start from
     */
    public static EventLoopOptions perCore() {
        return of(Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors()));
    }

    /**
     * How many bytes of replies may wait for a peer that does not take them, before a further one is refused or waits.
     *
     * <p>From a connection whose replies wait nothing more is read. So this matters to a handler that sends much in reply to
     * one message, or to somebody else: its {@link io.socketserver.api.framing.Replies#send} fails then. That of a thread of
     * its own waits. What is sent at once may be a whole message longer than this, and waits twice at most: where the
     * connection writes from, and behind that.
     *
     * @param bytes 0 or more; {@link #DEFAULT_MAX_QUEUED} by default
     * @return options with this set
     * @throws IllegalArgumentException if it is negative
     */
    public EventLoopOptions maxQueued(int bytes) {
        return new EventLoopOptions(loops, bytes, common);
    }

    /**
     * What the threads' names begin with; a hyphen and a number follow.
     *
     * @param prefix {@code loop} by default
     * @return options with this set
     */
    public EventLoopOptions name(String prefix) {
        return new EventLoopOptions(loops, maxQueued, common.name(prefix));
    }

    /**
     * Whether the process may end while the threads run.
     *
     * @param on false by default
     * @return options with this set
     */
    public EventLoopOptions daemon(boolean on) {
        return new EventLoopOptions(loops, maxQueued, common.daemon(on));
    }

    /**
     * Whether {@link io.socketserver.api.Server#close()} waits for conversations that have not ended.
     *
     * @param on true by default
     * @return options with this set
     */
    public EventLoopOptions blockOnClose(boolean on) {
        return new EventLoopOptions(loops, maxQueued, common.blockOnClose(on));
    }

    int loops() {
        return loops;
    }

    int maxQueued() {
        return maxQueued;
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
}
