package io.socketserver.api.framing;

import java.nio.ByteBuffer;

/**
 * Messages each preceded by their length, in a number of bytes that is always the same; made by {@link
 * Framing#lengthPrefix}.
 *
 * <p>Lengths are unsigned, but for one of 8 bytes that is negative, which is refused like every other that is too long.
 */
public final class LengthPrefix extends Framing {

    private final int width;
    private final boolean littleEndian;
    private final boolean inclusive;

    private LengthPrefix(int maxMessage, int width, boolean littleEndian, boolean inclusive) {
        super((int) Math.min(maxMessage, largest(width) - (inclusive ? width : 0)));
        this.width = width;
        this.littleEndian = littleEndian;
        this.inclusive = inclusive;
    }

    static LengthPrefix of(int width) {
        if (width < 1 || width > Long.BYTES || (width > Integer.BYTES && width < Long.BYTES)) {
            throw new IllegalArgumentException("a length prefix must have 1, 2, 3, 4 or 8 bytes, not " + width);
        }
        return new LengthPrefix(DEFAULT_MAX_MESSAGE, width, false, false);
    }

    /**
     * Makes a framing like this one whose prefix has its lowest byte first.
     *
     * @return the framing
     */
    public LengthPrefix littleEndian() {
        return new LengthPrefix(maxMessage(), width, true, inclusive);
    }

    /**
     * Makes a framing like this one whose prefix counts itself: an empty message has the width of the prefix as its
     * length.
     *
     * @return the framing
     */
    public LengthPrefix countingItself() {
        return new LengthPrefix(maxMessage(), width, littleEndian, true);
    }

    @Override
    public LengthPrefix maxMessage(int bytes) {
        return new LengthPrefix(bytes, width, littleEndian, inclusive);
    }

    @Override
    public int maxFrame() {
        return width + maxMessage();
    }

    @Override
    public Decoder decoder() {
        return new PrefixDecoder(this);
    }

    @Override
    int overhead(int messageLength) {
        return width;
    }

    @Override
    void putHeader(int messageLength, ByteBuffer out) {
        long value = messageLength + (inclusive ? width : 0L);
        for (int i = 0; i < width; i++) {
            out.put((byte) (value >>> shift(i)));
        }
    }

    int width() {
        return width;
    }

    /** The length of the message that a prefix announces; negative if it is less than nothing. */
    long length(ByteBuffer input) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (input.get(input.position() + i) & 0xffL) << shift(i);
        }
        return inclusive && value >= 0 ? value - width : value;
    }

    private int shift(int index) {
        return Byte.SIZE * (littleEndian ? index : width - 1 - index);
    }

    private static long largest(int width) {
        return width == Long.BYTES ? Long.MAX_VALUE : (1L << (Byte.SIZE * width)) - 1;
    }

    @Override
    public String toString() {
        return "length-prefixed messages of at most " + maxMessage() + " bytes";
    }
}
