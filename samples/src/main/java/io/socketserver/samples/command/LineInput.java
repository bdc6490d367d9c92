package io.socketserver.samples.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts an input into lines without looking at its encoding. */
final class LineInput {

    private final InputStream in;
    private final int longest;

    /**
     * Makes one.
     *
     * @param in buffered, since it is read byte by byte
     * @param longest the longest line to take, in bytes
     */
    LineInput(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** The next line without its ending, a line feed with or without a carriage return; or null at the end. */
    byte @Nullable [] next() throws IOException {
        int next = in.read();
        if (next < 0) {
            return null;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() == longest) {
                throw new IOException("a line of the input is too long: expected at most " + longest + " bytes");
            }
            line.write(next);
        }
        return withoutLast('\r', line.toByteArray());
    }

    /** The bytes without their last if it is the one given. */
    static byte[] withoutLast(char ending, byte[] bytes) {
        int last = bytes.length - 1;
        return last >= 0 && bytes[last] == ending ? Arrays.copyOf(bytes, last) : bytes;
    }
}
