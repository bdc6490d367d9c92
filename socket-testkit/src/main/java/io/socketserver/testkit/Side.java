package io.socketserver.testkit;

/** Which end of a conversation on a {@link Network} has sent something. */
public enum Side {
    /** The one that connected, or sent the first datagram. */
    CLIENT,
    /** The one that was bound. */
    SERVER;

    @Override
    public String toString() {
        return this == CLIENT ? "client" : "server";
    }
}
