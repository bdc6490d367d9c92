package io.socketserver.unix;

import java.io.IOException;

/**
 * A datagram cannot be answered, since its sender has no address: it has not bound its socket.
 *
 * <p>Of an empty datagram the sender is not known either, see {@link Unixgram}.
 */
public final class UnboundSenderException extends IOException {

    private static final long serialVersionUID = 1L;

    UnboundSenderException() {
        super("the datagram cannot be answered: its sender has no address, for it has not bound its socket"
                + " (or the datagram was empty, whose sender is never known)");
    }

    /** Does nothing: any sender can bring this about, at any rate, and where the server noticed tells nobody anything. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public Throwable fillInStackTrace() {
        return this;
    }
}
