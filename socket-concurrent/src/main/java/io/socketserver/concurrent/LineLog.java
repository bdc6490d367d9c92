package io.socketserver.concurrent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/** A child's standard error in the log: a record for each line, which cannot be mistaken for anything else. */
final class LineLog {

    /** The bytes of a line that are kept; the rest of it is dropped. */
    static final int MAX_LINE = 1_000;

    private final String name;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean cut;

    LineLog(String name) {
        this.name = name;
    }

    /** Logs all that comes, to the end of the stream. */
    void copy(InputStream stderr) throws IOException {
        byte[] chunk = new byte[4096];
        for (int count = stderr.read(chunk); count >= 0; count = stderr.read(chunk)) {
            for (int i = 0; i < count; i++) {
                take(chunk[i]);
            }
        }
        if (line.size() > 0) {
            log();
        }
    }

    private void take(byte b) {
        if (b == '\n') {
            log();
        } else if (line.size() < MAX_LINE) {
            line.write(b);
        } else {
            cut = true;
        }
    }

    private void log() {
        String text = name + ": " + escaped(line.toString(StandardCharsets.UTF_8)) + (cut ? "…" : "");
        line.reset();
        cut = false;
        // If that fails, the child goes on: it would wait for its error output to be read.
        Log.log(Level.INFO, text);
    }

    /** The text with whatever could move the cursor, hide or reorder as {@code \}{@code uXXXX}; tabs stay. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c != '\t' && unsafe(c)) {
                safe.append(String.format("\\u%04x", c));
            } else {
                safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    private static boolean unsafe(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
