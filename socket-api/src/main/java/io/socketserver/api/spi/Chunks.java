package io.socketserver.api.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Reads and writes at most so much at once: the JDK copies an array through a native buffer as large as what remains,
 * again at each attempt, and keeps that buffer for the thread.
 */
final class Chunks {

    private static final int LARGEST = 128 * 1024;

    private Chunks() {}

    static int read(SocketChannel channel, ByteBuffer target) throws IOException {
        int limit = shorten(target);
        try {
            return channel.read(target);
        } finally {
            target.limit(limit);
        }
    }

    static int write(SocketChannel channel, ByteBuffer source) throws IOException {
        int limit = shorten(source);
        try {
            return channel.write(source);
        } finally {
            source.limit(limit);
        }
    }

    private static int shorten(ByteBuffer buffer) {
        int limit = buffer.limit();
        if (!buffer.isDirect() && buffer.remaining() > LARGEST) {
            buffer.limit(buffer.position() + LARGEST);
        }
        return limit;
    }
}
