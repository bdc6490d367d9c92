package io.socketserver.concurrent;

import io.socketserver.api.Dispatcher;

/** Makes dispatchers; each is for one server. Thread-safe. */
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
     * <p>It takes as many requests at once as the system has threads. When no thread can start, that request is refused
     * and the server goes on.
     *
     * @param options of the threads
     * @return a dispatcher
     */
    public static Dispatcher threads(ThreadOptions options) {
        return new ThreadDispatcher(options);
    }
}
