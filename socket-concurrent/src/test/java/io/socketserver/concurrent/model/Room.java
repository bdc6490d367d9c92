package io.socketserver.concurrent.model;

import io.socketserver.api.Limits;
import io.socketserver.api.WhenFull;

/** How many requests a server takes on at once. */
enum Room {
    UNLIMITED(Integer.MAX_VALUE, Limits.none()),
    ONE(1, Limits.none().maxConnections(1)),
    ONE_OTHERS_REFUSED(1, Limits.none().maxConnections(1).whenFull(WhenFull.REFUSE)),
    TWO(2, Limits.none().maxConnections(2)),
    TWO_OTHERS_REFUSED(2, Limits.none().maxConnections(2).whenFull(WhenFull.REFUSE)),
    ONE_OF_A_PEER(1, Limits.none().maxPerPeer(1)),
    TWO_AND_ONE_OF_A_PEER(1, Limits.none().maxConnections(2).maxPerPeer(1));

    private final int atOnce;

    @SuppressWarnings("ImmutableEnumChecker") // it is, though it does not say so
    private final Limits limits;

    Room(int atOnce, Limits limits) {
        this.atOnce = atOnce;
        this.limits = limits;
    }

    /** How many handlers run at once at most, when all clients are one peer. */
    int atOnce() {
        return atOnce;
    }

    Limits limits() {
        return limits;
    }
}
