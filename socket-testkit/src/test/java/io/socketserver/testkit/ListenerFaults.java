package io.socketserver.testkit;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What can be wrong with listening and connecting. */
final class ListenerFaults {

    private ListenerFaults() {}

    static Endpoint<Connection> lastFirst(Endpoint<Connection> endpoint) {
        return new ForwardingEndpoint<>(endpoint) {
            private final Deque<Connection> waiting = new ArrayDeque<>();

            @Override
            public Connection accept(Duration timeout) throws IOException {
                if (waiting.isEmpty()) {
                    Connection next = super.accept(timeout);
                    while (next != null) {
                        waiting.push(next);
                        next = super.accept(Duration.ZERO);
                    }
                }
                return waiting.poll();
            }
        };
    }

    static Endpoint<Connection> keepsWaiting(Endpoint<Connection> endpoint) {
        return new Remembering(endpoint) {
            private boolean stopped;

            @Override
            public void stopAccepting() throws IOException {
                if (!stopped) {
                    stopped = true;
                    // Taken, so that they are not reset.
                    for (Connection next = accept(Duration.ZERO); next != null; next = accept(Duration.ZERO)) {
                        next.writeTimeout(Duration.ZERO);
                    }
                }
                super.stopAccepting();
            }
        };
    }

    /** Remembers what was accepted. */
    private static class Remembering extends ForwardingEndpoint<Connection> {

        private final Queue<Connection> accepted = new ConcurrentLinkedQueue<>();

        Remembering(Endpoint<Connection> endpoint) {
            super(endpoint);
        }

        @Override
        public Connection accept(Duration timeout) throws IOException {
            Connection connection = super.accept(timeout);
            if (connection != null) {
                accepted.add(connection);
            }
            return connection;
        }

        Queue<Connection> accepted() {
            return accepted;
        }
    }

    static Endpoint<Connection> closesAccepted(Endpoint<Connection> endpoint) {
        return new Remembering(endpoint) {
            @Override
            public void close() throws IOException {
                for (Connection connection : accepted()) {
                    connection.close();
                }
                super.close();
            }
        };
    }

    static Endpoint<Connection> stopEndsAnswers(Endpoint<Connection> endpoint) {
        return new Remembering(endpoint) {
            @Override
            public void stopAccepting() throws IOException {
                for (Connection connection : accepted()) {
                    if (connection.isOpen()) {
                        connection.shutdownOutput();
                    }
                }
                super.stopAccepting();
            }
        };
    }

    static MutantStreams connectsToNobody() {
        return new MutantStreams() {
            @Override
            public Connection connect(URI uri, Duration timeout) throws IOException {
                try {
                    return super.connect(uri, timeout);
                } catch (ConnectException e) {
                    return MemoryPair.open().client();
                }
            }
        };
    }

    static MutantStreams bindsOnce() {
        return new MutantStreams() {
            private final Set<URI> bound = ConcurrentHashMap.newKeySet();

            @Override
            public Endpoint<Connection> bind(URI uri) throws IOException {
                if (!bound.add(uri)) {
                    throw new BindException("address already in use: " + uri);
                }
                return super.bind(uri);
            }
        };
    }

    static MutantStreams leavesAFile(Path folder) {
        return new MutantStreams() {
            private final Set<URI> bound = ConcurrentHashMap.newKeySet();

            @Override
            public Endpoint<Connection> bind(URI uri) throws IOException {
                if (!bound.add(uri)) {
                    Files.createTempFile(folder, "left", "behind");
                }
                return super.bind(uri);
            }
        };
    }

    static MutantStreams servesFive() {
        return new MutantStreams() {
            private final Map<URI, Integer> clients = new ConcurrentHashMap<>();

            @Override
            public Connection connect(URI uri, Duration timeout) throws IOException {
                Connection client = super.connect(uri, timeout);
                if (clients.merge(uri, 1, Integer::sum) > 5) {
                    client.close();
                    return MemoryPair.open().client();
                }
                return client;
            }
        };
    }

    /** What a client has not been asked for when it closes is lost. */
    static MutantStreams losesAtClose() {
        Set<SocketAddress> gone = ConcurrentHashMap.newKeySet();
        return MutantStreams.ends(
                connection -> new ForwardingChannel(connection) {
                    @Override
                    public void close() throws IOException {
                        gone.add(localAddress());
                        super.close();
                    }
                },
                connection -> new ForwardingChannel(connection) {
                    @Override
                    public int read(ByteBuffer target) throws IOException {
                        return gone.contains(remoteAddress()) ? -1 : super.read(target);
                    }
                });
    }
}
