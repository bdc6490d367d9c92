package io.socketserver.api;

import java.nio.channels.AsynchronousCloseException;
import org.jspecify.annotations.Nullable;

/** Why a request was ended from outside. */
record CutOff(@Nullable TimeLimit limit, String reason) {

    static final CutOff AT_GRACE = new CutOff(null, "its server has ended");

    static CutOff by(TimeLimit limit, long millis) {
        return new CutOff(limit, "its " + limit + " of " + millis + " ms is over");
    }

    /** Whether that was its server's end. */
    boolean isAtGrace() {
        return limit == null;
    }

    /** What operations on the request throw from then on. */
    AsynchronousCloseException failure(Request request, Throwable cause) {
        AsynchronousCloseException failure = new Failure(request + " was closed, since " + reason);
        failure.initCause(cause);
        return failure;
    }

    /** A closed channel that says why it is. */
    private static final class Failure extends AsynchronousCloseException {

        private static final long serialVersionUID = 1;

        /** Why. */
        private final String message;

        Failure(String message) {
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }
}
