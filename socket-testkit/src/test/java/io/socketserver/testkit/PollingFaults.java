package io.socketserver.testkit;

import io.socketserver.api.Connection;
import io.socketserver.api.spi.PollableChannel;
import io.socketserver.api.spi.Poller;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.function.Function;

/** What can be wrong with one thread that serves many. */
final class PollingFaults {

    private PollingFaults() {}

    /** A channel whose pollers have a fault. */
    static Function<Connection, ForwardingChannel> of(Function<Poller, ForwardingPoller> fault) {
        return connection -> new ForwardingChannel(connection) {
            @Override
            public Poller openPoller() throws IOException {
                return fault.apply(super.openPoller());
            }
        };
    }

    static ForwardingChannel theEndIsNothing(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public int tryRead(ByteBuffer target) throws IOException {
                return Math.max(0, super.tryRead(target));
            }
        };
    }

    static ForwardingChannel aWriteLosesWhatHasNoRoom(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public int tryWrite(ByteBuffer source) throws IOException {
                int count = super.tryWrite(source);
                if (count > 0) {
                    count += source.remaining();
                    source.position(source.limit());
                }
                return count;
            }
        };
    }

    static ForwardingChannel readsWithoutDataWhenItIsPolled(Connection connection) {
        return new ForwardingChannel(connection) {
            @Override
            public int read(ByteBuffer target) throws IOException {
                try {
                    return super.read(target);
                } catch (IllegalStateException e) {
                    return tryRead(target);
                }
            }
        };
    }

    static ForwardingPoller tellsOfAllThatIsReady(Poller poller) {
        return new ForwardingPoller(poller) {
            @Override
            public Key register(PollableChannel channel, Target target) throws IOException {
                Key key = super.register(channel, target);
                return (toRead, toWrite) -> key.await(toRead || toWrite, toRead || toWrite);
            }
        };
    }

    static ForwardingPoller tellsOnceOfWhatIsReady(Poller poller) {
        return new ForwardingPoller(poller) {
            @Override
            public Key register(PollableChannel channel, Target target) throws IOException {
                Key[] key = new Key[1];
                key[0] = super.register(channel, (toRead, toWrite) -> {
                    key[0].await(false, false);
                    target.ready(toRead, toWrite);
                });
                return key[0];
            }
        };
    }

    static ForwardingPoller waitsInAnyCase(Poller poller) {
        return new ForwardingPoller(poller) {
            @Override
            public void pollNow() throws IOException {
                poll();
            }
        };
    }

    static ForwardingPoller tellsOnlyWhoWaits(Poller poller) {
        return new ForwardingPoller(poller) {
            @Override
            public void pollNow() {
                // Not of what is ready, and not of a wake-up.
            }
        };
    }

    static ForwardingPoller wakesUpOnlyWhoWaits(Poller poller) {
        return new ForwardingPoller(poller) {
            private volatile boolean waiting;

            @Override
            public void poll() throws IOException {
                waiting = true;
                try {
                    super.poll();
                } finally {
                    waiting = false;
                }
            }

            @Override
            public void wakeup() {
                if (waiting) {
                    super.wakeup();
                }
            }
        };
    }

    static ForwardingPoller remembersEachWakeup(Poller poller) {
        return new ForwardingPoller(poller) {
            private volatile boolean woken;

            @Override
            public void poll() throws IOException {
                if (woken) {
                    super.wakeup();
                }
                super.poll();
            }

            @Override
            public void wakeup() {
                woken = true;
                super.wakeup();
            }
        };
    }

    static ForwardingPoller goesOnAfterAnInterrupt(Poller poller) {
        return new ForwardingPoller(poller) {
            @Override
            public void poll() throws IOException {
                do {
                    super.poll();
                } while (Thread.interrupted());
            }
        };
    }

    static ForwardingPoller doesNotTellOfAClose(Poller poller) {
        return telling(poller, 0);
    }

    static ForwardingPoller tellsTwiceOfAClose(Poller poller) {
        return telling(poller, 2);
    }

    private static ForwardingPoller telling(Poller poller, int times) {
        return new ForwardingPoller(poller) {
            @Override
            public Key register(PollableChannel channel, Target target) throws IOException {
                return super.register(channel, (toRead, toWrite) -> {
                    int count = channel.isOpen() ? 1 : times;
                    for (int i = 0; i < count; i++) {
                        target.ready(toRead, toWrite);
                    }
                });
            }
        };
    }

    static ForwardingChannel tellsNobodyOfHisOwnClose(Connection connection) {
        return new ForwardingChannel(connection) {
            private volatile Thread polling;
            private volatile boolean closedByPolling;

            @Override
            public Poller openPoller() throws IOException {
                return new ForwardingPoller(super.openPoller()) {
                    @Override
                    public Key register(PollableChannel channel, Target target) throws IOException {
                        return super.register(channel, (toRead, toWrite) -> {
                            if (!closedByPolling) {
                                target.ready(toRead, toWrite);
                            }
                        });
                    }

                    @Override
                    public void poll() throws IOException {
                        polling = Thread.currentThread();
                        super.poll();
                    }

                    @Override
                    public void pollNow() throws IOException {
                        polling = Thread.currentThread();
                        super.pollNow();
                    }
                };
            }

            @Override
            public void close() throws IOException {
                closedByPolling |= Thread.currentThread() == polling;
                super.close();
            }
        };
    }

    static ForwardingPoller takesWhatIsClosed(Poller poller) {
        return new ForwardingPoller(poller) {
            @Override
            public Key register(PollableChannel channel, Target target) throws IOException {
                try {
                    return super.register(channel, target);
                } catch (ClosedChannelException e) {
                    return (toRead, toWrite) -> {};
                }
            }
        };
    }

    static ForwardingPoller takesWhatIsForeign(Poller poller) {
        return new ForwardingPoller(poller) {
            @Override
            public Key register(PollableChannel channel, Target target) throws IOException {
                try {
                    return super.register(channel, target);
                } catch (IllegalArgumentException e) {
                    return (toRead, toWrite) -> {};
                }
            }
        };
    }
}
