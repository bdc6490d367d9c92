package io.socketserver.testkit;

import io.socketserver.api.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What can be wrong with ending connections. */
final class ClosingFaults {

    private ClosingFaults() {}

    static ForwardingChannel closeWaitsForOperations(Connection connection) {
        return new ForwardingChannel(connection) {
            private final AtomicInteger busy = new AtomicInteger();
            private final AtomicBoolean closed = new AtomicBoolean();

            @Override
            public int read(ByteBuffer target) throws IOException {
                busy.incrementAndGet();
                try {
                    return super.read(target);
                } finally {
                    leave();
                }
            }

            @Override
            public int write(ByteBuffer source) throws IOException {
                busy.incrementAndGet();
                try {
                    return super.write(source);
                } finally {
                    leave();
                }
            }

            private void leave() throws IOException {
                if (busy.decrementAndGet() == 0 && closed.get()) {
                    super.close();
                }
            }

            @Override
            public void close() throws IOException {
                closed.set(true);
                if (busy.get() == 0) {
                    super.close();
                }
            }
        };
    }

    static ForwardingChannel anEarlyEndIsAFailure(Connection connection) {
        return new ForwardingChannel(connection) {
            private volatile boolean used;

            @Override
            public int read(ByteBuffer target) throws IOException {
                int count = super.read(target);
                if (count < 0 && !used) {
                    throw new IOException("nothing came before the end");
                }
                used = true;
                return count;
            }

            @Override
            public int write(ByteBuffer source) throws IOException {
                used = true;
                return super.write(source);
            }
        };
    }

    static ForwardingChannel shutdownOutputClosesAll(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public void shutdownOutput() throws IOException {
                close();
            }
        };
    }

    static ForwardingChannel shutdownInputClosesAll(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public void shutdownInput() throws IOException {
                super.shutdownInput();
                close();
            }
        };
    }

    static ForwardingChannel doubleCloseThrows(Connection connection) {
        return new ForwardingChannel(connection) {
            private final AtomicBoolean closed = new AtomicBoolean();

            @Override
            public void close() throws IOException {
                super.close();
                if (closed.getAndSet(true)) {
                    throw new IOException("closed already");
                }
            }
        };
    }

    static ForwardingChannel afterCloseIsTheEnd(Connection connection) {
        return new ForwardingChannel(connection) {
            private volatile boolean closed;

            @Override
            public int read(ByteBuffer target) throws IOException {
                return closed ? -1 : super.read(target);
            }

            @Override
            public void close() throws IOException {
                closed = true;
                super.close();
            }
        };
    }

    static ForwardingChannel aLostPeerIsOurOwnClose(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public int write(ByteBuffer source) throws IOException {
                try {
                    // Fails at once if the peer has gone before.
                    super.write(ByteBuffer.allocate(0));
                } catch (IOException e) {
                    throw String.valueOf(e.getMessage()).contains("broken pipe") ? new ClosedChannelException() : e;
                }
                return super.write(source);
            }
        };
    }

    static ForwardingChannel aLostPeerIsNeverTold(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public int write(ByteBuffer source) throws IOException {
                try {
                    return super.write(source);
                } catch (IOException e) {
                    throw String.valueOf(e.getMessage()).contains("broken pipe") ? new ClosedChannelException() : e;
                }
            }
        };
    }

    static ForwardingChannel aResetIsTheEnd(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public int read(ByteBuffer target) throws IOException {
                try {
                    return super.read(target);
                } catch (IOException e) {
                    if (String.valueOf(e.getMessage()).contains("reset")) {
                        return -1;
                    }
                    throw e;
                }
            }
        };
    }

    static ForwardingChannel leaksAThread(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public void shutdownInput() throws IOException {
                super.shutdownInput();
                Leaks.thread();
            }
        };
    }

    static ForwardingChannel leaksADescriptor(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public void shutdownInput() throws IOException {
                super.shutdownInput();
                Leaks.descriptor();
            }
        };
    }
}
