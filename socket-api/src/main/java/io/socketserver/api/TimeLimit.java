package io.socketserver.api;

/** The limits in time that a server can put on a request, see {@link Limits}. */
public enum TimeLimit {
    /** No byte came or went for too long. */
    IDLE_TIMEOUT("idle timeout"),
    /** One read waited too long. */
    READ_TIMEOUT("read timeout"),
    /** One write waited too long: the peer does not take what it is sent. */
    WRITE_TIMEOUT("write timeout"),
    /** The request as a whole took too long. */
    REQUEST_DEADLINE("request deadline");

    private final String words;

    TimeLimit(String words) {
        this.words = words;
    }

    /** The limit in words, for a log. */
    @Override
    public String toString() {
        return words;
    }
}
