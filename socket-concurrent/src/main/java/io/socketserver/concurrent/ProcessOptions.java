package io.socketserver.concurrent;

import java.time.Duration;
import java.util.List;

/**
 * Options of a process per request; immutable.
 *
 * <pre>{@code
 * ProcessHandler.running(EchoHandler.class, ProcessOptions.defaults().maxChildren(8).spares(2));
 * }</pre>
 */
public final class ProcessOptions {

    private static final ProcessOptions DEFAULTS = new ProcessOptions(
            40, Duration.ofMinutes(5), true, 0, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));

    private final int maxChildren;
    private final Duration deadline;
    private final boolean waitOnClose;
    private final int spares;
    private final List<String> jvmOptions;

    private ProcessOptions(
            int maxChildren, Duration deadline, boolean waitOnClose, int spares, List<String> jvmOptions) {
        this.maxChildren = maxChildren;
        this.deadline = deadline;
        this.waitOnClose = waitOnClose;
        this.spares = spares;
        this.jvmOptions = jvmOptions;
    }

    /**
     * At most 40 children, as with Python's {@code ForkingMixIn}; each for at most five minutes, which Python does not
     * bound; closing waits for them; no spares; a fresh JVM is made for a short life.
     *
     * @return the options to start from
     */
    public static ProcessOptions defaults() {
        return DEFAULTS;
    }

    /**
     * How many children there are at once, spares included: Python's {@code max_children}. Requests beyond wait.
     *
     * @param count at least 1; 40 by default
     * @return options with this set
     * @throws IllegalArgumentException if it is less than 1
     */
    public ProcessOptions maxChildren(int count) {
        return new ProcessOptions(atLeast(1, "maxChildren", count), deadline, waitOnClose, spares, jvmOptions);
    }

    /**
     * How long a request may have its child, from its start to the end of the reply; then it is ended, with all that it
     * has started. Python's {@code timeout} of 300 s ends no child. Waiting for a free child does not count.
     *
     * @param limit more than zero; one too long to count in nanoseconds, such as that of {@link
     *     java.time.temporal.ChronoUnit#FOREVER}, has no end
     * @return options with this set
     * @throws IllegalArgumentException if it is zero or negative
     */
    public ProcessOptions deadline(Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("a deadline must be more than zero, not " + limit);
        }
        return new ProcessOptions(maxChildren, limit, waitOnClose, spares, jvmOptions);
    }

    /**
     * Whether {@link ProcessHandler#close()} waits for children to end, or ends them: Python's {@code block_on_close}.
     *
     * @param on true by default
     * @return options with this set
     */
    public ProcessOptions waitOnClose(boolean on) {
        return new ProcessOptions(maxChildren, deadline, on, spares, jvmOptions);
    }

    /**
     * How many JVMs are kept started and waiting, so that a request does not wait for one to start. Each costs the
     * memory of an idle JVM, some 40 MB. For handler classes only.
     *
     * @param count 0, the default, or more; {@link #maxChildren} bounds it as well
     * @return options with this set
     * @throws IllegalArgumentException if it is negative
     */
    public ProcessOptions spares(int count) {
        return new ProcessOptions(maxChildren, deadline, waitOnClose, atLeast(0, "spares", count), jvmOptions);
    }

    /**
     * What a fresh JVM is started with, besides the module path and the class path: {@code -Xmx64m}, system properties,
     * {@code --enable-native-access}. The parent's own options are not handed on, as a program cannot see them all.
     *
     * @param options instead of the defaults, {@code -XX:TieredStopAtLevel=1 -XX:+UseSerialGC}, which save
     *     memory and threads; for handler classes only
     * @return options with this set
     */
    public ProcessOptions jvmOptions(String... options) {
        return new ProcessOptions(maxChildren, deadline, waitOnClose, spares, List.of(options));
    }

    int maxChildren() {
        return maxChildren;
    }

    Duration deadline() {
        return deadline;
    }

    boolean waitOnClose() {
        return waitOnClose;
    }

    int spares() {
        return spares;
    }

    List<String> jvmOptions() {
        return jvmOptions;
    }

    private static int atLeast(int least, String what, int value) {
        if (value < least) {
            throw new IllegalArgumentException(what + " must be " + least + " or more, not " + value);
        }
        return value;
    }
}
