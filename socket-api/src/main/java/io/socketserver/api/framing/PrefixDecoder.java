package io.socketserver.api.framing;

import io.socketserver.api.FramingException;
import java.nio.ByteBuffer;

/** Finds messages behind a prefix of fixed width; remembers the length that it has read. */
final class PrefixDecoder extends Decoder {

    private static final int UNKNOWN = -1;

    private final LengthPrefix framing;
    private int length = UNKNOWN;

    PrefixDecoder(LengthPrefix framing) {
        this.framing = framing;
    }

    @Override
    public boolean next(ByteBuffer input, ByteBuffer message) throws FramingException {
        int width = framing.width();
        int arrived = input.remaining();
        if (arrived < width) {
            return missing(width - arrived);
        }
        if (length == UNKNOWN) {
            length = allowed(framing.length(input));
        }
        int whole = length;
        if (arrived - width < whole) {
            return missing(whole - (arrived - width));
        }
        length = UNKNOWN;
        return found(input, message, width, whole, 0);
    }

    private int allowed(long announced) throws FramingException {
        if (announced < 0) {
            throw new FramingException(
                    "a negative length was announced, " + announced + ", where " + framing + " are expected");
        }
        if (announced > framing.maxMessage()) {
            throw tooLong("a message of " + announced + " bytes was announced", framing);
        }
        return (int) announced;
    }
}
