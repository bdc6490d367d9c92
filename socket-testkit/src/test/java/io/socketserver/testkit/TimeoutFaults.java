package io.socketserver.testkit;

import io.socketserver.api.Connection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What can be wrong with time-outs. */
final class TimeoutFaults {

    private TimeoutFaults() {}

    static ForwardingChannel ignoresReadTimeouts(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public void readTimeout(Duration timeout) throws IOException {
                super.readTimeout(Duration.ZERO);
            }
        };
    }

    static ForwardingChannel ignoresWriteTimeouts(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public void writeTimeout(Duration timeout) throws IOException {
                super.writeTimeout(Duration.ZERO);
            }
        };
    }

    static ForwardingChannel readTimeoutsHoldForWrites(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public void readTimeout(Duration timeout) throws IOException {
                super.readTimeout(timeout);
                super.writeTimeout(timeout);
            }
        };
    }

    static ForwardingChannel writeTimeoutsHoldForReads(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public void writeTimeout(Duration timeout) throws IOException {
                super.writeTimeout(timeout);
                super.readTimeout(timeout);
            }
        };
    }

    /** Gives up only if nothing was taken for so many time-outs, since a reader may be kept from reading for one. */
    static ForwardingChannel writeTimeoutsBeginAnew(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public int write(ByteBuffer source) throws IOException {
                int count = source.remaining();
                int patience = 5;
                while (source.hasRemaining()) {
                    int before = source.position();
                    try {
                        super.write(source);
                    } catch (SocketTimeoutException e) {
                        patience = source.position() > before ? 5 : patience - 1;
                        if (patience == 0) {
                            throw e;
                        }
                    }
                }
                return count;
            }
        };
    }

    static ForwardingChannel countsWholeMilliseconds(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public void readTimeout(Duration timeout) throws IOException {
                super.readTimeout(Duration.ofMillis(timeout.toMillis()));
            }
        };
    }

    static ForwardingChannel isEarly(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public void readTimeout(Duration timeout) throws IOException {
                super.readTimeout(timeout.toMillis() > 1 ? timeout.dividedBy(10) : timeout);
            }
        };
    }

    static ForwardingChannel isNotForWhatWaits(Connection connection) {
        return new ForwardingChannel(connection) {
            private final AtomicInteger writing = new AtomicInteger();
            private volatile Duration next = Duration.ZERO;

            @Override
            public void writeTimeout(Duration timeout) throws IOException {
                next = timeout;
                if (writing.get() == 0) {
                    super.writeTimeout(timeout);
                }
            }

            @Override
            public int write(ByteBuffer source) throws IOException {
                boolean first = writing.getAndIncrement() == 0;
                try {
                    if (first) {
                        super.writeTimeout(next);
                    }
                    return super.write(source);
                } finally {
                    writing.decrementAndGet();
                }
            }
        };
    }

    static ForwardingChannel aWriteDoesNotTellWhatWasWritten(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public int write(ByteBuffer source) throws IOException {
                int begin = source.position();
                try {
                    return super.write(source);
                } catch (SocketTimeoutException e) {
                    source.position(begin);
                    throw e;
                }
            }
        };
    }

    static ForwardingChannel aReadLosesWhatComesNext(Connection connection) {
        return new ForwardingChannel(connection) {
            private volatile boolean losing;

            @Override
            public int read(ByteBuffer target) throws IOException {
                try {
                    if (losing) {
                        super.read(ByteBuffer.allocate(1));
                        losing = false;
                    }
                    return super.read(target);
                } catch (SocketTimeoutException e) {
                    losing = true;
                    throw e;
                }
            }
        };
    }

    static ForwardingChannel areFatal(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public int read(ByteBuffer target) throws IOException {
                try {
                    return super.read(target);
                } catch (SocketTimeoutException e) {
                    close();
                    throw e;
                }
            }

            @Override
            public int write(ByteBuffer source) throws IOException {
                try {
                    return super.write(source);
                } catch (SocketTimeoutException e) {
                    close();
                    throw e;
                }
            }
        };
    }

    static ForwardingChannel areNotToldFromFailures(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public int read(ByteBuffer target) throws IOException {
                try {
                    return super.read(target);
                } catch (SocketTimeoutException e) {
                    throw new IOException(e);
                }
            }
        };
    }
}
