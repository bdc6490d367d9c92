package io.socketserver.concurrent.model;

import java.util.List;
import java.util.Set;

/** What is told of a request. */
enum Told {
    ACCEPTED,
    REFUSED,
    FAILED,
    DISCONNECTED,
    TIMED_OUT,
    ABANDONED,
    ENDED;

    static final List<Told> TURNED_AWAY = List.of(REFUSED);
    static final List<Told> NOT_DISPATCHED = List.of(ACCEPTED, REFUSED, FAILED, ENDED);
    static final List<Told> ENDED_WELL = List.of(ACCEPTED, ENDED);
    static final List<Told> FAULTY = List.of(ACCEPTED, FAILED, ENDED);
    static final List<Told> PEER_GONE = List.of(ACCEPTED, DISCONNECTED, ENDED);
    static final List<Told> TOO_LATE = List.of(ACCEPTED, TIMED_OUT, ENDED);

    /** All that may be told of one request, in this order; but that it is abandoned may come at any time. */
    static final Set<List<Told>> STORIES = Set.of(TURNED_AWAY, NOT_DISPATCHED, ENDED_WELL, FAULTY, PEER_GONE, TOO_LATE);
}
