package io.socketserver.unix;

import java.io.IOException;

/** A datagram was not sent, since its receiver has as many waiting as it can hold; it may be sent again later. */
public final class QueueFullException extends IOException {

    private static final long serialVersionUID = 1L;

    QueueFullException(String message) {
        super(message);
    }
}
