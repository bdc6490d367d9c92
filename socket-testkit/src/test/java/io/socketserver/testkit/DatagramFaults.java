package io.socketserver.testkit;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.ReplyChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** What can be wrong with datagrams. */
final class DatagramFaults {

    private DatagramFaults() {}

    /** Mutates what clients send. */
    private static MutantDatagrams sent(UnaryOperator<ReplyChannel> fault) {
        return new MutantDatagrams() {
            @Override
            ReplyChannel sending(ReplyChannel channel, DatagramClient client) {
                return fault.apply(channel);
            }
        };
    }

    /** Mutates how clients receive. */
    private static MutantDatagrams received(UnaryOperator<Endpoint<Datagram>> fault) {
        return new MutantDatagrams() {
            @Override
            Endpoint<Datagram> receiving(Endpoint<Datagram> endpoint) {
                return fault.apply(endpoint);
            }
        };
    }

    static MutantDatagrams merges() {
        return sent(DatagramFaults::merging);
    }

    static MutantDatagrams mergesAnswers() {
        return MutantDatagrams.answers(DatagramFaults::merging);
    }

    // A datagram of two bytes waits for the next.
    private static ReplyChannel merging(ReplyChannel channel) {
        AtomicReference<byte[]> held = new AtomicReference<>(new byte[0]);
        return (payload, to) -> {
            byte[] before = held.getAndSet(new byte[0]);
            byte[] all = new byte[before.length + payload.remaining()];
            System.arraycopy(before, 0, all, 0, before.length);
            payload.get(all, before.length, payload.remaining());
            if (all.length == 2) {
                held.set(all);
            } else {
                channel.send(ByteBuffer.wrap(all), to);
            }
        };
    }

    static MutantDatagrams dropsEmpty() {
        return sent(DatagramFaults::droppingEmpty);
    }

    static MutantDatagrams dropsEmptyAnswers() {
        return MutantDatagrams.answers(DatagramFaults::droppingEmpty);
    }

    private static ReplyChannel droppingEmpty(ReplyChannel channel) {
        return (payload, to) -> {
            if (payload.hasRemaining()) {
                channel.send(payload, to);
            }
        };
    }

    static MutantDatagrams losesSenderOfEmpty() {
        return MutantDatagrams.endpoint(endpoint -> new ForwardingEndpoint<>(endpoint) {
            @Override
            public Datagram accept(Duration timeout) throws IOException {
                Datagram received = super.accept(timeout);
                return received == null || received.payload().hasRemaining()
                        ? received
                        : MutantDatagrams.answering(received, (payload, to) -> {
                            throw new IOException("there is nobody to answer");
                        });
            }
        });
    }

    static MutantDatagrams truncatesSilently() {
        return MutantDatagrams.endpoint(endpoint -> new ForwardingEndpoint<>(endpoint) {
            @Override
            public Datagram accept(Duration timeout) throws IOException {
                return flagged(super.accept(timeout), false);
            }
        });
    }

    static MutantDatagrams truncatesAtTheLimit() {
        return MutantDatagrams.endpoint(endpoint -> new ForwardingEndpoint<>(endpoint) {
            @Override
            public Datagram accept(Duration timeout) throws IOException {
                Datagram received = super.accept(timeout);
                boolean limited = endpoint.uri().toString().contains("limited");
                return limited && received != null && received.payload().remaining() == MemoryDatagrams.LIMIT
                        ? flagged(received, true)
                        : received;
            }
        });
    }

    private static Datagram flagged(Datagram received, boolean truncated) {
        return received == null
                ? null
                : Datagram.of(
                        received.payload(),
                        truncated,
                        received.remoteAddress(),
                        received.localAddress(),
                        (payload, to) -> received.send(payload));
    }

    static MutantDatagrams answersTheFirst() {
        return MutantDatagrams.endpoint(endpoint -> {
            AtomicReference<Datagram> first = new AtomicReference<>();
            return new ForwardingEndpoint<>(endpoint) {
                @Override
                public Datagram accept(Duration timeout) throws IOException {
                    Datagram received = super.accept(timeout);
                    first.compareAndSet(null, received);
                    return received == null
                            ? null
                            : MutantDatagrams.answering(
                                    received, (payload, to) -> first.get().send(payload));
                }
            };
        });
    }

    /** An endpoint that remembers how far it has ended, and what its answers do then. */
    private abstract static class Ending extends ForwardingEndpoint<Datagram> {

        volatile boolean stopped;
        volatile boolean closed;

        Ending(Endpoint<Datagram> endpoint) {
            super(endpoint);
        }

        abstract void answer(Datagram received, ByteBuffer payload) throws IOException;

        @Override
        public Datagram accept(Duration timeout) throws IOException {
            Datagram received = super.accept(timeout);
            return received == null
                    ? null
                    : MutantDatagrams.answering(received, (payload, to) -> answer(received, payload));
        }

        @Override
        public void stopAccepting() throws IOException {
            stopped = true;
            super.stopAccepting();
        }

        @Override
        public void close() throws IOException {
            closed = true;
            super.close();
        }
    }

    static MutantDatagrams stopEndsAnswers() {
        return MutantDatagrams.endpoint(endpoint -> new Ending(endpoint) {
            @Override
            void answer(Datagram received, ByteBuffer payload) throws IOException {
                if (stopped) {
                    throw new ClosedChannelException();
                }
                received.send(payload);
            }
        });
    }

    static MutantDatagrams dropsAfterClose() {
        return MutantDatagrams.endpoint(endpoint -> new Ending(endpoint) {
            @Override
            void answer(Datagram received, ByteBuffer payload) throws IOException {
                if (!closed) {
                    received.send(payload);
                }
            }
        });
    }

    static MutantDatagrams closeWaits() {
        return received(EndpointFaults.closeWaitsForAccept());
    }

    static MutantDatagrams waitsForEver() {
        return received(endpoint -> new ForwardingEndpoint<>(endpoint) {
            @Override
            public Datagram accept(Duration timeout) throws IOException {
                return super.accept(timeout.isZero() ? timeout : Duration.ofDays(1));
            }
        });
    }

    static MutantDatagrams interruptCloses() {
        return received(EndpointFaults.interruptCloses());
    }

    static MutantDatagrams sendsAfterClose() {
        return sent(channel -> (payload, to) -> {
            try {
                channel.send(payload, to);
            } catch (ClosedChannelException e) {
                // Dropped: this is the fault.
                payload.position(payload.limit());
            }
        });
    }

    static MutantDatagrams bindsOnce() {
        return new MutantDatagrams() {
            private final Set<URI> bound = ConcurrentHashMap.newKeySet();

            @Override
            public Endpoint<Datagram> bind(URI uri) throws IOException {
                if (!bound.add(uri)) {
                    throw new BindException("address already in use: " + uri);
                }
                return super.bind(uri);
            }
        };
    }
}
