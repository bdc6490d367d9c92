package io.socketserver.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Since when a connection waits in a read or a write, and when it has moved a byte last.
 *
 * <p>Written by the connection's threads, and looked at by the timer now and then: a deadline costs them two looks at the
 * clock, and no lock. Times are those of a {@link TimeSource}, made even, so that an odd one can stand for none.
 */
final class Activity {

    private static final long NONE = 1;
    private static final VarHandle READING = handle("reading");
    private static final VarHandle WRITING = handle("writing");
    private static final VarHandle MOVED = handle("moved");

    private final TimeSource time;

    @SuppressWarnings("UnusedVariable") // by its handle
    private long reading = NONE;

    @SuppressWarnings("UnusedVariable")
    private long writing = NONE;

    @SuppressWarnings("UnusedVariable")
    private long moved;

    private volatile boolean bounded;

    Activity(TimeSource time) {
        this.time = time;
        MOVED.setOpaque(this, now());
    }

    void readBegins() {
        READING.setOpaque(this, now());
    }

    void readEnds(int count) {
        READING.setOpaque(this, NONE);
        if (count > 0) {
            MOVED.setOpaque(this, now());
        }
    }

    /** A write begins; one that is bounded by a limit of its own is not seen to get on. */
    void writeBegins(boolean ownLimit) {
        if (ownLimit) {
            bounded = true;
        }
        WRITING.setOpaque(this, now());
    }

    void writeEnds(int count) {
        if (bounded) {
            bounded = false;
        }
        WRITING.setOpaque(this, NONE);
        if (count > 0) {
            MOVED.setOpaque(this, now());
        }
    }

    /** What is waited for without a thread, from now on. */
    void awaits(boolean toRead, boolean toWrite) {
        long now = now();
        READING.setOpaque(this, toRead ? now : NONE);
        WRITING.setOpaque(this, toWrite ? now : NONE);
    }

    /** Bytes have moved in the middle of a write. */
    void moves() {
        MOVED.setOpaque(this, now());
    }

    /** Since when a limit has been running; the given time, if it would begin only then. */
    long since(TimeLimit limit, long otherwise) {
        long since = switch (limit) {
            case IDLE_TIMEOUT -> bounded ? NONE : (long) MOVED.getOpaque(this);
            case READ_TIMEOUT -> (long) READING.getOpaque(this);
            case WRITE_TIMEOUT -> (long) WRITING.getOpaque(this);
            case REQUEST_DEADLINE -> NONE;
        };
        return since == NONE ? otherwise : since;
    }

    private long now() {
        return time.nanoTime() & ~1;
    }

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(Activity.class, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
