package io.socketserver.api;

/** A URI names a scheme for which not exactly one transport is installed. */
public final class NoTransportException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what was looked for, and what there is.
     *
     * @param message the scheme, what is installed, and which module to add
     */
    public NoTransportException(String message) {
        super(message);
    }
}
