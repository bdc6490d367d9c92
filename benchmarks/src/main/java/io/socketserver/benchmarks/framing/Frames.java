package io.socketserver.benchmarks.framing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.socketserver.api.framing.Framing;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The same frames for both sides, as one read brings them. */
final class Frames {

    /** How many there are. */
    static final int COUNT = 16;

    private Frames() {}

    static ByteBuffer of(Framing framing, int bytes) {
        byte[] message = new byte[bytes];
        Arrays.fill(message, (byte) 'x');
        ByteBuffer frames = ByteBuffer.allocateDirect(COUNT * framing.frameLength(bytes));
        while (frames.hasRemaining()) {
            framing.encode(ByteBuffer.wrap(message), frames);
        }
        return frames.flip();
    }

    /** In a buffer of the kind that Netty's transports read into. */
    static ByteBuf forNetty(ByteBuffer frames) {
        return PooledByteBufAllocator.DEFAULT.directBuffer(frames.remaining()).writeBytes(frames.duplicate());
    }
}
