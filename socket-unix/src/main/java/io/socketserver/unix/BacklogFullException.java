package io.socketserver.unix;

import java.net.ConnectException;

/**
 * A server is there but has as many connections waiting as it keeps; the client may try again after a pause.
 *
 * <p>On a Unix socket that shows at once: POSIX's {@code EAGAIN}.
 */
public final class BacklogFullException extends ConnectException {

    private static final long serialVersionUID = 1L;

    BacklogFullException(String message) {
        super(message);
    }
}
