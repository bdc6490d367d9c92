package io.socketserver.testkit;

import java.util.List;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The connections of a network that somebody still has an end of. */
final class Links {

    private final ReentrantLock lock = new ReentrantLock();
    private final WeakHashMap<Link, Boolean> links = new WeakHashMap<>();
    private boolean closed;

    void add(Link link) {
        lock.lock();
        try {
            links.put(link, true);
            if (!closed) {
                return;
            }
        } finally {
            lock.unlock();
        }
        link.breakOff();
    }

    /** Breaks them off, and all that come. */
    void close() {
        List<Link> all;
        lock.lock();
        try {
            closed = true;
            all = List.copyOf(links.keySet());
        } finally {
            lock.unlock();
        }
        all.forEach(Link::breakOff);
    }
}
