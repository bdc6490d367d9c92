package io.socketserver.api;

/** What becomes of requests for which there is no room. */
public enum WhenFull {
    /**
     * They are not accepted yet: the accepting thread waits, and clients wait in the system's backlog, datagrams in the
     * receive buffer.
     */
    QUEUE,
    /** They are accepted and closed at once. */
    REFUSE
}
