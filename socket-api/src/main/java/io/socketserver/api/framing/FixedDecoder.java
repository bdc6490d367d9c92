package io.socketserver.api.framing;

import java.nio.ByteBuffer;

/** Finds messages of one length. */
final class FixedDecoder extends Decoder {

    private final int length;

    FixedDecoder(int length) {
        this.length = length;
    }

    @Override
    public boolean next(ByteBuffer input, ByteBuffer message) {
        int arrived = input.remaining();
        return arrived < length ? missing(length - arrived) : found(input, message, 0, length, 0);
    }
}
