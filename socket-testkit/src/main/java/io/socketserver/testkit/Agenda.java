package io.socketserver.testkit;

import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What is going to happen on a network, in an order that does not depend on who was quicker to ask for it. */
final class Agenda {

    /** One side of one conversation, the events of which are asked for one after the other. */
    record Track(MemoryAddress client, Side side, AtomicLong events) implements Comparable<Track> {

        /** The only one of that side. */
        Track(MemoryAddress client, Side side) {
            this(client, side, new AtomicLong());
        }

        @Override
        public int compareTo(Track other) {
            int order = client.name().compareTo(other.client.name());
            if (order == 0) {
                order = Long.compare(client.number(), other.client.number());
            }
            return order == 0 ? side.compareTo(other.side) : order;
        }
    }

    /**
     * Something that happens at a time.
     *
     * @param step after which step of the simulation it was asked for
     * @param count which it is of its track
     */
    record Event(long time, long step, Track track, long count, Runnable action) implements Comparable<Event> {

        // By hand, as the other orders here: comparators spin a class for each part, which takes 20 ms in a new JVM.
        @Override
        public int compareTo(Event other) {
            int order = Long.compare(time, other.time);
            if (order == 0) {
                order = Long.compare(step, other.step);
            }
            if (order == 0) {
                order = track.compareTo(other.track);
            }
            return order == 0 ? Long.compare(count, other.count) : order;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final TreeSet<Event> events = new TreeSet<>();
    private long step;

    Event add(long time, Track track, Runnable action) {
        lock.lock();
        try {
            Event event = new Event(time, step, track, track.events.getAndIncrement(), action);
            events.add(event);
            return event;
        } finally {
            lock.unlock();
        }
    }

    /** A step is about to happen. */
    void step() {
        lock.lock();
        try {
            step++;
        } finally {
            lock.unlock();
        }
    }

    /** Takes it back; false if it has happened. */
    boolean remove(Event event) {
        lock.lock();
        try {
            return events.remove(event);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Event first() {
        lock.lock();
        try {
            return events.isEmpty() ? null : events.first();
        } finally {
            lock.unlock();
        }
    }
}
