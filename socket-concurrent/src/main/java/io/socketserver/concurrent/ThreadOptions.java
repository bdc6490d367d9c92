package io.socketserver.concurrent;

import java.util.Objects;

/**
 * Options of a dispatcher's threads; immutable.
 *
 * <pre>{@code
 * Dispatchers.threads(ThreadOptions.defaults().name("time").daemon(true));
 * }</pre>
 */
public final class ThreadOptions {

    private static final ThreadOptions DEFAULTS = new ThreadOptions("request", false, true);

    private final String name;
    private final boolean daemon;
    private final boolean blockOnClose;

    private ThreadOptions(String name, boolean daemon, boolean blockOnClose) {
        this.name = Objects.requireNonNull(name, "name");
        this.daemon = daemon;
        this.blockOnClose = blockOnClose;
    }

    /**
     * Threads named {@code request-1} and so on, that keep the process alive, and for which closing the server waits.
     *
     * @return the options to start from
     */
    public static ThreadOptions defaults() {
        return DEFAULTS;
    }

    /**
     * What the threads' names begin with; a hyphen and a number follow.
     *
     * @param prefix {@code request} by default
     * @return options with this set
     */
    public ThreadOptions name(String prefix) {
        return new ThreadOptions(prefix, daemon, blockOnClose);
    }

    /**
     * Whether the process may end while such a thread runs: Python's {@code daemon_threads}.
     *
     * @param on false by default
     * @return options with this set
     */
    public ThreadOptions daemon(boolean on) {
        return new ThreadOptions(name, on, blockOnClose);
    }

    /**
     * Whether {@link io.socketserver.api.Server#close()} waits for requests in flight: Python's {@code block_on_close}.
     *
     * @param on true by default
     * @return options with this set
     */
    public ThreadOptions blockOnClose(boolean on) {
        return new ThreadOptions(name, daemon, on);
    }

    String name() {
        return name;
    }

    boolean daemon() {
        return daemon;
    }

    boolean blockOnClose() {
        return blockOnClose;
    }
}
