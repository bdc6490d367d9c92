package io.socketserver.api.framing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Looks for one byte, at sixteen of them at a time; immutable. */
final class Scan {

    // Little-endian whatever the buffer's order is: so the first byte is the lowest one, and a borrow goes away from
    // it.
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOP_BITS = 0x8080_8080_8080_8080L;
    private static final int STRIDE = 2 * Long.BYTES;

    private final byte wanted;
    // A field: with a constant in its place the compiled loop takes twice as long.
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
            long first = (long) LONGS.get(buffer, i) ^ sought;
            long second = (long) LONGS.get(buffer, i + Long.BYTES) ^ sought;
            // The lowest top bit that is set is that of the first byte which is zero; above it, others may be set too.
            long inFirst = (first - ONES) & ~first;
            long inSecond = (second - ONES) & ~second;
            if (((inFirst | inSecond) & TOP_BITS) != 0) {
                int found = lowest(inFirst);
                return found < Long.BYTES ? i + found : i + Long.BYTES + lowest(inSecond);
            }
        }
        for (; i < to; i++) {
            if (buffer.get(i) == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static int lowest(long marks) {
        return Long.numberOfTrailingZeros(marks & TOP_BITS) >>> 3;
    }
}
