package io.socketserver.api;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes a connection has moved; each direction is counted by whoever moves them. */
final class ByteCount {

    private final AtomicLong in = new AtomicLong();
    private final AtomicLong out = new AtomicLong();

    void received(int count) {
        if (count > 0) {
            in.getAndAdd(count);
        }
    }

    void sent(int count) {
        out.getAndAdd(count);
    }

    long in() {
        return in.get();
    }

    long out() {
        return out.get();
    }
}
