package io.socketserver.api.framing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Looks for one byte, at sixteen of them at a time; immutable. */
final class Scan {

    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;
    private static final long TOP_BITS = ~LOW_BITS;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final int STRIDE = 2 * Long.BYTES;

    private final byte wanted;
    private final long pattern;

    Scan(byte wanted) {
        this.wanted = wanted;
        pattern = (wanted & 0xff) * ONES;
    }

    /** The index of the first such byte in a part of a buffer, or -1. */
    int indexOf(ByteBuffer buffer, int from, int to) {
        long sought = pattern;
        int i = from;
        for (; i <= to - STRIDE; i += STRIDE) {
            long first = buffer.getLong(i) ^ sought;
            long second = buffer.getLong(i + Long.BYTES) ^ sought;
            // Not zero if one of the bytes is; which one it is, it does not always tell.
            if (((((first - ONES) & ~first) | ((second - ONES) & ~second)) & TOP_BITS) != 0) {
                int found = indexOfZero(first, buffer.order());
                return found < Long.BYTES ? i + found : i + Long.BYTES + indexOfZero(second, buffer.order());
            }
        }
        for (; i < to; i++) {
            if (buffer.get(i) == wanted) {
                return i;
            }
        }
        return -1;
    }

    // The index of the first byte that is zero, or else 8. The top bit is set of each that is, and of no other: the sum
    // carries from no byte into the next.
    private static int indexOfZero(long bytes, ByteOrder order) {
        long zeros = ~(((bytes & LOW_BITS) + LOW_BITS) | bytes | LOW_BITS);
        boolean bigEndian = order == ByteOrder.BIG_ENDIAN;
        return (bigEndian ? Long.numberOfLeadingZeros(zeros) : Long.numberOfTrailingZeros(zeros)) >>> 3;
    }
}
