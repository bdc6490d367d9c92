package io.socketserver.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Writes down what happens on a network, in lines that are the same if the same happens. */
final class Chronicle {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> lines = new ArrayList<>();

    void note(long time, String event) {
        String fraction = Long.toString(SECOND + time % SECOND).substring(1);
        String line = time / SECOND + "." + fraction + ' ' + event;
        lock.lock();
        try {
            lines.add(line);
        } finally {
            lock.unlock();
        }
    }

    /** What one side does, and what becomes of it. */
    void note(long time, MemoryAddress client, Side side, String event) {
        note(time, client.label() + ' ' + side + "> " + event);
    }

    /** Bytes as in other transcripts, cut short if they are many. */
    static String text(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return Literal.brief(copy);
    }

    @Override
    public String toString() {
        lock.lock();
        try {
            return String.join("\n", lines);
        } finally {
            lock.unlock();
        }
    }
}
