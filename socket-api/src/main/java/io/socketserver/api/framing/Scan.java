package io.socketserver.api.framing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Looks for a byte, at eight of them at a time. */
final class Scan {

    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;
    private static final long ONES = 0x0101_0101_0101_0101L;

    private Scan() {}

    /** The index of the first such byte in a part of a buffer, or -1. */
    static int indexOf(ByteBuffer buffer, int from, int to, byte wanted) {
        boolean bigEndian = buffer.order() == ByteOrder.BIG_ENDIAN;
        long pattern = (wanted & 0xff) * ONES;
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long zero = buffer.getLong(i) ^ pattern;
            // The top bit of each byte that is zero, and of no other: the sum carries from no byte into the next.
            long hits = ~(((zero & LOW_BITS) + LOW_BITS) | zero | LOW_BITS);
            if (hits != 0) {
                return i + ((bigEndian ? Long.numberOfLeadingZeros(hits) : Long.numberOfTrailingZeros(hits)) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (buffer.get(i) == wanted) {
                return i;
            }
        }
        return -1;
    }
}
