package io.socketserver.testkit.contract;

import io.socketserver.api.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes that tell where in a stream they belong, so that one lost, doubled or moved is found where it happened. */
final class Pattern {

    private static final int CHUNK = 10_000;

    private Pattern() {}

    static byte at(long position) {
        long mixed = position * 0x9E37_79B9_7F4A_7C15L;
        return (byte) (mixed >>> 56);
    }

    static byte[] bytes(long from, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = at(from + i);
        }
        return bytes;
    }

    /** Reads so many bytes of the pattern, or fails. */
    static void expect(Connection source, long from, long count) throws IOException {
        long position = from;
        while (position < from + count) {
            position += expectSome(source, position, (int) Math.min(CHUNK, from + count - position));
        }
    }

    /** Reads at most so many bytes of the pattern, at least one; returns how many. */
    static int expectSome(Connection source, long position, int most) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(most);
        int count = source.read(target);
        Check.that(count > 0, "a read returned " + count + " after " + position + " bytes");
        Check.equal(count, target.position(), "what a read returned, and how far it moved the buffer's position");
        for (int i = 0; i < count; i++) {
            if (target.get(i) != at(position + i)) {
                throw new AssertionError("byte " + (position + i) + " of the stream is another than was written");
            }
        }
        return count;
    }
}
