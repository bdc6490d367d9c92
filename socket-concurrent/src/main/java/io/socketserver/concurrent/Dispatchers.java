package io.socketserver.concurrent;

import io.socketserver.api.Dispatcher;
import io.socketserver.api.spi.MessageDispatcher;
import java.util.concurrent.ThreadFactory;

/**
 * Makes dispatchers; each is for one server. Thread-safe.
 *
 * <p>The plainest, {@link Dispatcher#sequential()}, needs no module but the API.
 */
public final class Dispatchers {

    private Dispatchers() {}

    /**
     * A thread per request, with default options: Python's {@code ThreadingMixIn}.
     *
     * @return a dispatcher
     */
    public static Dispatcher threads() {
        return threads(ThreadOptions.defaults());
    }

    /**
     * A thread per request: Python's {@code ThreadingMixIn}.
     *
     * <p>It takes as many requests at once as the system has threads, unless {@link
     * io.socketserver.api.Limits#maxConnections} says less. When no thread can start, that request is refused and the
     * server goes on.
     *
     * @param options of the threads
     * @return a dispatcher
     */
    public static Dispatcher threads(ThreadOptions options) {
        ThreadFactory threads = ThreadDispatcher.platform(options.name(), options.daemon());
        return new ThreadDispatcher(threads, options.blockOnClose());
    }

    /**
     * A virtual thread per request, with default options.
     *
     * @return a dispatcher
     * @throws UnsupportedOperationException before Java 21
     */
    public static Dispatcher virtualThreads() {
        return virtualThreads(ThreadOptions.defaults());
    }

    /**
     * A virtual thread per request: the code of a thread that blocks, at the price of an object.
     *
     * <p>A connection that waits for its peer holds no thread of the system. Before Java 24 one that blocks inside {@code
     * synchronized} does; and whatever the version, one that computes without ever blocking holds one of the few that
     * all virtual threads share.
     *
     * @param options of the threads; they never keep the process alive, whatever {@link ThreadOptions#daemon} says
     * @return a dispatcher
     * @throws UnsupportedOperationException before Java 21
     */
    public static Dispatcher virtualThreads(ThreadOptions options) {
        return new ThreadDispatcher(VirtualThreads.named(options.name()), options.blockOnClose());
    }

    /**
     * A fixed number of threads with a queue of the same length, which makes the server wait when it is full.
     *
     * @param threads how many requests are handled at once, at least 1
     * @return a dispatcher
     */
    public static Dispatcher pool(int threads) {
        return pool(PoolOptions.of(threads));
    }

    /**
     * A bounded number of threads and a bounded queue.
     *
     * <p>A handler that never ends costs the pool its thread; the others go on.
     *
     * @param options of the pool
     * @return a dispatcher
     */
    public static Dispatcher pool(PoolOptions options) {
        return new PoolDispatcher(options);
    }

    /**
     * An event loop for each processor, with default options.
     *
     * @return a dispatcher of messages
     */
    public static MessageDispatcher eventLoop() {
        return eventLoop(EventLoopOptions.perCore());
    }

    /**
     * A few threads, each of which waits for many connections at once and handles their messages one by one.
     *
     * <p>A connection that waits for its peer costs neither a thread nor a buffer. In return its handler is one of messages,
     * which must not block: while it runs, all other connections of the same loop wait. What takes time it leaves to another
     * thread, and {@linkplain io.socketserver.api.framing.Replies#later() replies later}. A connection stays with its loop;
     * they are dealt out in turn. A datagram is handled by the thread that receives it, which is the one that serves.
     *
     * <p>All replies to what one read has brought go out in one write. From a connection whose peer does not take them no
     * more is read; see {@link EventLoopOptions#maxQueued}. A handler that is over its deadline is interrupted; one that does
     * not end then stalls its loop, and the limits of that loop's other connections close them without telling their
     * handlers. A handler that ends its own server does not wait for the other connections of its loop: {@link
     * io.socketserver.api.Server#drain} cuts them off, {@link io.socketserver.api.Server#close} leaves them to their end.
     *
     * @param options of the loops
     * @return a dispatcher of messages
     */
    public static MessageDispatcher eventLoop(EventLoopOptions options) {
        return new LoopDispatcher(options);
    }

    /**
     * A thread per request, of the cheapest kind that this runtime has: virtual from Java 21 on, of the system before.
     *
     * @return a dispatcher
     */
    public static Dispatcher best() {
        return VirtualThreads.available() ? virtualThreads() : threads();
    }
}
