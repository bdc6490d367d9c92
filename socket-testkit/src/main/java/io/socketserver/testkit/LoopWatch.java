package io.socketserver.testkit;

import io.socketserver.api.TimeSource;
import io.socketserver.api.framing.MessageHandler;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Catches message handlers that block, which on an event loop keeps all its other conversations waiting.
 *
 * <pre>{@code
 * try (LoopWatch watch = LoopWatch.start();
 *         var server = Server.on(endpoint)
 *                 .dispatch(Dispatchers.eventLoop())
 *                 .handle(watch.on(handler).over(Framing.lines()))
 *                 .start()) {
 *     // ... clients talk to the server ...
 *     watch.assertNeverBlocked();
 * }
 * }</pre>
 *
 * <p>A handler blocks if its thread is seen to wait during a call of it, for whatever it may be: a sleep, a future, a queue;
 * or if one call takes longer than a limit. A lock that somebody else has may have to be waited for even in a good handler,
 * so that alone counts only at the limit; and what {@link io.socketserver.api.framing.Replies} does inside is not the
 * handler's doing. A thread of the watch looks every 10 ms while a handler runs, so that what blocks for less may be missed
 * in one call, and is found over many. How fast the machine is does not matter, but for the limit. A call of the system that
 * waits, a read of a socket that blocks say, looks like work from outside, and counts at the limit only.
 *
 * <p>Thread-safe; handlers may run under any strategy.
 */
public final class LoopWatch implements AutoCloseable {

    /** How long one call may take, unless another limit is set. */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);

    /** From one look to the next. */
    static final Duration PERIOD = Duration.ofMillis(10);

    private final TimeSource time;
    private final long limit;
    private final Set<WatchedCall> running = ConcurrentHashMap.newKeySet();
    private final Queue<String> sightings = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock looking = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by the lock.
    private boolean idle;
    private boolean closed;

    private LoopWatch(Duration limit, TimeSource time) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("the limit must be positive, not " + limit);
        }
        this.limit = limit.toNanos();
        this.time = time;
    }

    /**
     * Starts a watch with the default limit.
     *
     * @return the watch, to be closed
     */
    public static LoopWatch start() {
        return start(DEFAULT_LIMIT);
    }

    /**
     * Starts a watch with a limit of its own.
     *
     * @param limit how long one call may take even if it is never seen to wait: what computes, or reads a file; positive
     * @return the watch, to be closed
     * @throws IllegalArgumentException if the limit is not positive
     */
    public static LoopWatch start(Duration limit) {
        return start(limit, TimeSource.system());
    }

    static LoopWatch start(Duration limit, TimeSource time) {
        LoopWatch watch = new LoopWatch(limit, time);
        Thread thread = new Thread(watch::run, "loop-watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    /**
     * Watches a handler.
     *
     * @param handler what is to be watched; called as ever, with replies that do what those of the conversation do
     * @return the handler to give to the server
     */
    public MessageHandler on(MessageHandler handler) {
        return new WatchedHandler(this, Objects.requireNonNull(handler, "handler"));
    }

    /**
     * Checks that no handler was seen to block so far, this moment included; does not block.
     *
     * @throws AssertionError if one was; the message has the stack of its thread at that moment
     */
    public void assertNeverBlocked() {
        look();
        if (!sightings.isEmpty()) {
            throw new AssertionError("a message handler must not block, but " + sightings.size() + " calls did:\n"
                    + String.join("\n", sightings));
        }
    }

    /** Watches no more, and ends its thread; idempotent. What was seen can still be asked for. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The current thread begins to run a handler. */
    WatchedCall begin(String what) {
        WatchedCall call = new WatchedCall(what, time.nanoTime());
        running.add(call);
        lock.lock();
        try {
            if (idle) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        return call;
    }

    /** The handler has returned. */
    void end(WatchedCall call) {
        running.remove(call);
    }

    private void run() {
        try {
            while (awaitNextLook()) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Without a handler that runs there is nothing to look at, and no reason to wake up.
    private boolean awaitNextLook() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && running.isEmpty()) {
                idle = true;
                changed.await();
            }
            idle = false;
            long next = time.nanoTime() + PERIOD.toNanos();
            while (!closed && time.awaitUntil(lock, changed, next)) {
                // Somebody has begun or closed it.
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    // One at a time: what another has seen is told when it has looked.
    private void look() {
        looking.lock();
        try {
            long now = time.nanoTime();
            for (WatchedCall call : running) {
                String seen = call.look(now, limit);
                if (seen != null && running.contains(call) && call.tell()) {
                    sightings.add(seen);
                }
            }
        } finally {
            looking.unlock();
        }
    }
}
