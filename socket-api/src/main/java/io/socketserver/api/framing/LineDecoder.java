package io.socketserver.api.framing;

import io.socketserver.api.FramingException;
import java.nio.ByteBuffer;

/** Finds lines; remembers up to where there is no line feed. */
final class LineDecoder extends Decoder {

    static final Scan FEEDS = new Scan((byte) '\n');

    private final Lines framing;
    private int scanned;

    LineDecoder(Lines framing) {
        this.framing = framing;
    }

    @Override
    public boolean next(ByteBuffer input, ByteBuffer message) throws FramingException {
        int start = input.position();
        int end = start + Math.min(input.remaining(), framing.maxFrame());
        int feed = FEEDS.indexOf(input, start + scanned, end);
        // A carriage return that comes last may be the first half of the ending.
        int length = withoutReturn(input, start, feed < 0 ? end : feed);
        if (length > framing.maxMessage()) {
            throw tooLong("a line of " + length + " bytes or more came", framing);
        }
        if (feed < 0) {
            scanned = end - start;
            return missing(1);
        }
        scanned = 0;
        return found(input, message, 0, length, feed + 1 - start - length);
    }

    @Override
    public boolean last(ByteBuffer input, ByteBuffer message) throws FramingException {
        int length = input.remaining();
        if (length > framing.maxMessage()) {
            throw tooLong("a line of " + length + " bytes came", framing);
        }
        scanned = 0;
        return length > 0 && found(input, message, 0, length, 0);
    }

    private static int withoutReturn(ByteBuffer input, int start, int end) {
        return end > start && input.get(end - 1) == '\r' ? end - 1 - start : end - start;
    }
}
