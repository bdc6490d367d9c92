package io.socketserver.api;

import java.io.IOException;

/**
 * The peer of a stream has gone: it reset the connection, or it no longer takes what is written.
 *
 * <p>Peers go away all the time. A handler need not catch this: the server tells the {@link Observer}, not the {@link
 * ErrorHandler}, and logs nothing.
 */
public final class DisconnectedException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message who has gone, and how that was noticed
     * @param cause what the transport threw
     */
    public DisconnectedException(String message, IOException cause) {
        super(message, cause);
    }
}
