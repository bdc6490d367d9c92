package io.socketserver.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Writes down what happens on a network, in lines that are the same if the same happens. */
final class Chronicle {

    private static final int LONGEST = 64;
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

    /** Bytes as text: quoted, all that is not printable ASCII escaped, and of many the first. */
    static String text(ByteBuffer bytes) {
        StringBuilder text = new StringBuilder("\"");
        int shown = Math.min(bytes.remaining(), LONGEST);
        for (int i = 0; i < shown; i++) {
            text.append(escaped(bytes.get(bytes.position() + i)));
        }
        text.append('"');
        if (shown < bytes.remaining()) {
            text.append("... ").append(bytes.remaining()).append(" bytes");
        }
        return text.toString();
    }

    private static String escaped(byte value) {
        return switch (value) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            default -> value >= ' ' && value < 0x7f ? String.valueOf((char) value) : String.format("\\x%02x", value);
        };
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
