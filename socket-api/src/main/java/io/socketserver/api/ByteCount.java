package io.socketserver.api;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/** How many bytes a connection has moved; each direction is counted by whoever moves them. */
final class ByteCount {

    private static final AtomicLongFieldUpdater<ByteCount> IN =
            AtomicLongFieldUpdater.newUpdater(ByteCount.class, "in");
    private static final AtomicLongFieldUpdater<ByteCount> OUT =
            AtomicLongFieldUpdater.newUpdater(ByteCount.class, "out");

    private volatile long in;
    private volatile long out;

    void received(int count) {
        if (count > 0) {
            IN.getAndAdd(this, count);
        }
    }

    void sent(int count) {
        OUT.getAndAdd(this, count);
    }

    long in() {
        return in;
    }

    long out() {
        return out;
    }
}
