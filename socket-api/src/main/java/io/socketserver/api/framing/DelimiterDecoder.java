package io.socketserver.api.framing;

import io.socketserver.api.FramingException;
import java.nio.ByteBuffer;

/** Finds delimited messages; remembers how far it has looked, and how much of a delimiter is there. */
final class DelimiterDecoder extends Decoder {

    private final Framing framing;
    private final Delimiter delimiter;
    private int scanned;
    private int matched;

    DelimiterDecoder(Framing framing, Delimiter delimiter) {
        this.framing = framing;
        this.delimiter = delimiter;
    }

    @Override
    public boolean next(ByteBuffer input, ByteBuffer message) throws FramingException {
        int start = input.position();
        scan(input, start, start + Math.min(input.remaining(), framing.maxFrame()));
        int length = scanned - matched;
        if (length > framing.maxMessage()) {
            throw tooLong("a message of " + length + " bytes or more came", framing);
        }
        if (matched < delimiter.length()) {
            return missing(delimiter.length() - matched);
        }
        scanned = 0;
        matched = 0;
        return found(input, message, 0, length, delimiter.length());
    }

    private void scan(ByteBuffer input, int start, int end) {
        int i = start + scanned;
        while (i < end && matched < delimiter.length()) {
            if (matched == 0) {
                int first = delimiter.indexOfFirst(input, i, end);
                i = first < 0 ? end : first + 1;
                matched = first < 0 ? 0 : 1;
            } else {
                matched = delimiter.after(matched, input.get(i++));
            }
        }
        scanned = i - start;
    }
}
