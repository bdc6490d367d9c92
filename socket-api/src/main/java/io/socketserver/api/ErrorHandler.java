package io.socketserver.api;

import java.lang.System.Logger.Level;

/**
 * Owns what goes wrong in handlers: told of each failed request exactly once, under every dispatcher alike.
 *
 * <p>It is Python's {@code handle_error}. A peer that went away in the middle of a conversation is not a failure: that
 * is told to {@link Observer#disconnected}. Called by several threads at once; what it throws is logged and goes no
 * further.
 */
@FunctionalInterface
public interface ErrorHandler {

    /**
     * Takes note of a failure.
     *
     * <p>A stream request is still open, so that an error can be answered; the reply that a datagram had prepared is
     * already discarded.
     *
     * @param request the request that failed; it is closed after this call
     * @param failure what its handler, its dispatcher or its closing threw; any {@link Throwable}
     */
    void handle(Request request, Throwable failure);

    /**
     * The default: one record of level {@code ERROR}, with the stack trace, in the system logger {@code
     * io.socketserver}.
     *
     * @return an error handler that logs
     */
    static ErrorHandler logging() {
        return (request, failure) -> Log.log(Level.ERROR, request, " failed", failure);
    }
}
