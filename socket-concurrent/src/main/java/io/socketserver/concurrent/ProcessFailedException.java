package io.socketserver.concurrent;

import java.io.IOException;

/**
 * The child of a request has crashed, or was ended before it was done.
 *
 * <p>It costs that request only. What the child said about it is in the log, under the name and number that the message
 * begins with.
 */
public final class ProcessFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** As the operating system gave it. */
    private final int exitStatus;

    ProcessFailedException(String message, int exitStatus) {
        super(message);
        this.exitStatus = exitStatus;
    }

    /**
     * The status with which the child ended.
     *
     * @return what it exited with, or on POSIX systems 128 and the number of the signal that killed it, 137 for {@code
     *     SIGKILL}; -1 if it has not ended, though it was forced to
     */
    public int exitStatus() {
        return exitStatus;
    }
}
