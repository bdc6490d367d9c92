package io.socketserver.testkit;

import io.socketserver.api.Connection;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** What can be wrong with moving bytes. */
final class ChannelFaults {

    private ChannelFaults() {}

    static ForwardingChannel dropsAByteOfAMegabyte(Connection connection) {
        return new ForwardingChannel(connection) {
            private long count;

            @Override
            public int read(ByteBuffer target) throws IOException {
                int read = super.read(target);
                count += Math.max(0, read);
                if (count >= 1_040_000 && read > 1) {
                    count = Long.MIN_VALUE;
                    target.position(target.position() - 1);
                    return read - 1;
                }
                return read;
            }
        };
    }

    static ForwardingChannel swapsTwoBytesOfAMegabyte(Connection connection) {
        return new ForwardingChannel(connection) {
            private long count;

            @Override
            public int read(ByteBuffer target) throws IOException {
                int from = target.position();
                int read = super.read(target);
                count += Math.max(0, read);
                if (count >= 1_040_000 && read > 1) {
                    count = Long.MIN_VALUE;
                    // Neighbours may be equal, so many are moved.
                    byte[] bytes = new byte[read];
                    target.position(from).get(bytes).position(from);
                    target.put(bytes, 1, read - 1).put(bytes, 0, 1);
                }
                return read;
            }
        };
    }

    static ForwardingChannel garblesTheNineHundredthWrite(Connection connection) {
        return new ForwardingChannel(connection) {
            private int count;

            @Override
            public int write(ByteBuffer source) throws IOException {
                count++;
                if (count == 900) {
                    source.put(source.limit() - 1, (byte) ~source.get(source.limit() - 1));
                }
                return super.write(source);
            }
        };
    }

    static ForwardingChannel garblesWhatSeveralThreadsRead(Connection connection) {
        return new ForwardingChannel(connection) {
            private final AtomicInteger readers = new AtomicInteger();

            @Override
            public int read(ByteBuffer target) throws IOException {
                int from = target.position();
                boolean alone = readers.getAndIncrement() == 0;
                try {
                    int count = super.read(target);
                    if (!alone && count > 1) {
                        target.put(from, (byte) (target.get(from) ^ 1));
                    }
                    return count;
                } finally {
                    readers.decrementAndGet();
                }
            }
        };
    }

    /** Sends the second half of a block after the first half of the next. */
    static ForwardingChannel interleavesBlocks(Connection connection) {
        return new ForwardingChannel(connection) {
            private ByteBuffer held = ByteBuffer.allocate(0);

            @Override
            public int write(ByteBuffer source) throws IOException {
                int count = source.remaining();
                if (count != 4099) {
                    return super.write(source);
                }
                byte[] block = new byte[count];
                source.get(block);
                super.write(ByteBuffer.wrap(block, 0, 2000));
                ByteBuffer second = ByteBuffer.wrap(block, 2000, count - 2000);
                if (held.hasRemaining()) {
                    super.write(held);
                    super.write(second);
                } else {
                    held = second;
                }
                return count;
            }
        };
    }

    static ForwardingChannel endsAtAnEmptyWrite(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public int write(ByteBuffer source) throws IOException {
                if (!source.hasRemaining()) {
                    shutdownOutput();
                    return 0;
                }
                return super.write(source);
            }
        };
    }

    static ForwardingChannel takesNoRoomForTheEnd(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public int read(ByteBuffer target) throws IOException {
                return target.hasRemaining() ? super.read(target) : -1;
            }
        };
    }

    static ForwardingChannel addressWaitsForReads(Connection connection) {
        return new ForwardingChannel(connection) {
            private volatile boolean reading;

            @Override
            public int read(ByteBuffer target) throws IOException {
                reading = true;
                try {
                    return super.read(target);
                } finally {
                    reading = false;
                }
            }

            @Override
            public SocketAddress localAddress() {
                if (reading) {
                    throw new IllegalStateException("a read is under way");
                }
                return super.localAddress();
            }
        };
    }
}
