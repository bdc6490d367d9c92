package io.socketserver.testkit;

/** What may happen now and then on a network. */
enum Fault {
    SPLIT,
    MERGE,
    STALL,
    RESET,
    ABORT,
    DROP,
    DUPLICATE,
    REORDER,
    TRUNCATE
}
