package io.socketserver.api.framing;

import java.nio.ByteBuffer;

/** Messages each preceded by their length as a variable-length integer, seven bits a byte, the lowest first. */
final class Varint extends Framing {

    /** The longest prefix: what 32 bits need. */
    static final int MAX_WIDTH = 5;

    Varint(int maxMessage) {
        super(maxMessage);
    }

    @Override
    public Framing maxMessage(int bytes) {
        return new Varint(bytes);
    }

    // A prefix may have more bytes than its number needs.
    @Override
    public int maxFrame() {
        return MAX_WIDTH + maxMessage();
    }

    @Override
    public Decoder decoder() {
        return new VarintDecoder(this);
    }

    @Override
    int overhead(int messageLength) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(messageLength | 1);
        return (bits + 6) / 7;
    }

    @Override
    void putHeader(int messageLength, ByteBuffer out) {
        int rest = messageLength;
        for (; rest > 0x7f; rest >>>= 7) {
            out.put((byte) (rest | 0x80));
        }
        out.put((byte) rest);
    }

    @Override
    public String toString() {
        return "varint-prefixed messages of at most " + maxMessage() + " bytes";
    }
}
