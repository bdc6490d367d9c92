package io.socketserver.api;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The peer of a stream has gone: it reset the connection, or it no longer takes what is written.
 *
 * <p>Peers go away all the time. A handler need not catch this: the server tells the {@link Observer}, not the {@link
 * ErrorHandler}, and logs nothing.
 */
public final class DisconnectedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Whose peer it is; unknown to those who make one. */
    private transient @Nullable Request request;

    /**
     * Takes what the transport threw for the peer's doing.
     *
     * @param message who has gone, and how that was noticed
     * @param cause what the transport threw
     */
    public DisconnectedException(String message, IOException cause) {
        super(message, cause);
    }

    DisconnectedException of(Request known) {
        if (request == null) {
            request = known;
        }
        return this;
    }

    /** Whether it is that request's peer, for all that is known. */
    boolean isOf(Request other) {
        return request == null || request == other;
    }
}
