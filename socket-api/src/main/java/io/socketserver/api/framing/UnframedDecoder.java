package io.socketserver.api.framing;

import java.nio.ByteBuffer;

/** Takes what there is, the maximum at most, for a message. */
final class UnframedDecoder extends Decoder {

    private final int max;

    UnframedDecoder(int max) {
        this.max = max;
    }

    @Override
    public boolean next(ByteBuffer input, ByteBuffer message) {
        int length = Math.min(input.remaining(), max);
        return length == 0 ? missing(1) : found(input, message, 0, length, 0);
    }
}
