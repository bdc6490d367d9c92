package io.socketserver.api;

import java.io.IOException;

/**
 * The bytes that arrived are not a message as the protocol's framing allows it: a line, say, over its maximum.
 *
 * <p>Where the next message begins is unknown then, so the connection is of no more use.
 */
public final class FramingException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what cannot be a message.
     *
     * @param message what came, and what is allowed
     */
    public FramingException(String message) {
        super(message);
    }
}
