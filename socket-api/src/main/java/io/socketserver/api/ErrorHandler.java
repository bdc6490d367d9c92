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
     * <p>A stream request is still open, so that an error can be answered, unless an event loop has handled it: there a
     * message handler's {@link io.socketserver.api.framing.MessageHandler#finish finish} is the place for that. The reply
     * that a datagram had prepared is already discarded.
     *
     * @param request the request that failed; it is closed after this call
     * @param failure what its handler, its dispatcher or its closing threw; any {@link Throwable}
     */
    void handle(Request request, Throwable failure);

    /**
     * The default: one record in the system logger {@code io.socketserver}, of level {@code ERROR} and with the stack
     * trace. A {@link FramingException} is the peer's failure, not the handler's: its record is of level {@code WARNING},
     * and has its message only.
     *
     * @return an error handler that logs
     */
    static ErrorHandler logging() {
        return (request, failure) -> {
            if (failure instanceof FramingException) {
                Log.log(Level.WARNING, request, " failed: " + failure.getMessage(), null);
            } else {
                Log.log(Level.ERROR, request, " failed", failure);
            }
        };
    }
}
