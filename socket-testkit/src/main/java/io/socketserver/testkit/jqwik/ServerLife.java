package io.socketserver.testkit.jqwik;

import io.socketserver.api.Server.State;

/**
 * Where a server is in its life, as far as its state and {@linkplain ServerCommand commands} tell.
 *
 * @param state the server's state
 * @param served whether a thread serves it; of one that is draining, whether one did
 */
public record ServerLife(State state, boolean served) {

    /** The beginning. */
    public static final ServerLife NEW = new ServerLife(State.NEW, false);

    /** Whether it will not serve any more. */
    boolean ending() {
        return state == State.DRAINING || state == State.CLOSED;
    }
}
