package io.socketserver.concurrent.model;

/** When an observer may have something to do. */
enum Moment {
    SERVING,
    PAUSED,
    DRAINING,
    CLOSED,
    ADMITTING,
    ACCEPTED,
    REFUSED,
    FAILED,
    TIMED_OUT,
    ENDED
}
