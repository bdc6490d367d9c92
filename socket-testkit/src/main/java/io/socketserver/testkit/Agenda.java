package io.socketserver.testkit;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What is going to happen on a network, in an order that does not depend on who was quicker to ask for it. */
final class Agenda {

    /** One side of one conversation, the events of which are asked for one after the other. */
    record Track(MemoryAddress client, Side side, AtomicLong events) {

        private static final Comparator<Track> ORDER = Comparator.<Track, String>comparing(track -> track.client.name())
                .thenComparingLong(track -> track.client.number())
                .thenComparing(Track::side);

        /** The only one of that side. */
        Track(MemoryAddress client, Side side) {
            this(client, side, new AtomicLong());
        }
    }

    /**
     * Something that happens at a time.
     *
     * @param step after which step of the simulation it was asked for
     * @param count which it is of its track
     */
    record Event(long time, long step, Track track, long count, Runnable action) implements Comparable<Event> {

        private static final Comparator<Event> ORDER = Comparator.comparingLong(Event::time)
                .thenComparingLong(Event::step)
                .thenComparing(Event::track, Track.ORDER)
                .thenComparingLong(Event::count);

        @Override
        public int compareTo(Event other) {
            return ORDER.compare(this, other);
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
