package io.socketserver.testkit;

import io.socketserver.api.Endpoint;
import io.socketserver.api.Request;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** What can be wrong with accepting, of whatever kind. */
final class EndpointFaults {

    private EndpointFaults() {}

    static <R extends Request> UnaryOperator<Endpoint<R>> givesUpEarly() {
        return endpoint -> new ForwardingEndpoint<>(endpoint) {
            @Override
            public R accept(Duration timeout) throws IOException {
                return super.accept(timeout.toSeconds() == 0 ? Duration.ZERO : timeout);
            }
        };
    }

    /** Tells its subclasses whether an accept is under way. */
    private static class Watching<R extends Request> extends ForwardingEndpoint<R> {

        volatile boolean accepting;

        Watching(Endpoint<R> endpoint) {
            super(endpoint);
        }

        @Override
        public R accept(Duration timeout) throws IOException {
            accepting = true;
            try {
                return super.accept(timeout);
            } finally {
                accepting = false;
            }
        }
    }

    static <R extends Request> UnaryOperator<Endpoint<R>> closeWaitsForAccept() {
        return endpoint -> new Watching<>(endpoint) {
            private volatile boolean closed;

            @Override
            public R accept(Duration timeout) throws IOException {
                R accepted = super.accept(timeout);
                if (closed) {
                    super.close();
                }
                return accepted;
            }

            @Override
            public void stopAccepting() throws IOException {
                if (!accepting) {
                    super.stopAccepting();
                }
            }

            @Override
            public void close() throws IOException {
                closed = true;
                if (!accepting) {
                    super.close();
                }
            }
        };
    }

    static <R extends Request> UnaryOperator<Endpoint<R>> wakeupDoesNotEndAccept() {
        return endpoint -> new Watching<>(endpoint) {
            @Override
            public void wakeup() {
                if (!accepting) {
                    super.wakeup();
                }
            }
        };
    }

    static <R extends Request> UnaryOperator<Endpoint<R>> wakeupIsNotSticky() {
        return endpoint -> new Watching<>(endpoint) {
            @Override
            public void wakeup() {
                if (accepting) {
                    super.wakeup();
                }
            }
        };
    }

    static <R extends Request> UnaryOperator<Endpoint<R>> wakeupsAreCounted() {
        return endpoint -> new ForwardingEndpoint<>(endpoint) {
            private final AtomicBoolean again = new AtomicBoolean();

            @Override
            public R accept(Duration timeout) throws IOException {
                return again.getAndSet(false) ? null : super.accept(timeout);
            }

            @Override
            public void wakeup() {
                super.wakeup();
                again.set(true);
            }
        };
    }

    static <R extends Request> UnaryOperator<Endpoint<R>> interruptCloses() {
        return endpoint -> new ForwardingEndpoint<>(endpoint) {
            @Override
            public R accept(Duration timeout) throws IOException {
                R accepted = super.accept(timeout);
                if (Thread.currentThread().isInterrupted()) {
                    super.close();
                }
                return accepted;
            }
        };
    }

    static <R extends Request> UnaryOperator<Endpoint<R>> interruptIsSwallowed() {
        return endpoint -> new ForwardingEndpoint<>(endpoint) {
            @Override
            public R accept(Duration timeout) throws IOException {
                R accepted = super.accept(timeout);
                Thread.interrupted();
                return accepted;
            }
        };
    }

    static <R extends Request> UnaryOperator<Endpoint<R>> acceptAfterCloseIsNull() {
        return endpoint -> new ForwardingEndpoint<>(endpoint) {
            private volatile boolean stopped;

            @Override
            public R accept(Duration timeout) throws IOException {
                return stopped ? null : super.accept(timeout);
            }

            @Override
            public void stopAccepting() throws IOException {
                stopped = true;
                super.stopAccepting();
            }
        };
    }

    static <R extends Request> UnaryOperator<Endpoint<R>> doubleCloseThrows() {
        return endpoint -> new ForwardingEndpoint<>(endpoint) {
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

    /** What a server that was closed, and closed again, comes to. */
    static <R extends Request> UnaryOperator<Endpoint<R>> thirdCloseThrows() {
        return endpoint -> new ForwardingEndpoint<>(endpoint) {
            private final AtomicInteger closes = new AtomicInteger();

            @Override
            public void close() throws IOException {
                super.close();
                if (closes.incrementAndGet() > 2) {
                    throw new IllegalStateException("closed twice already");
                }
            }
        };
    }

    /** An address that nobody else gets if nothing was accepted there. */
    static <R extends Request> UnaryOperator<Endpoint<R>> isNotFreedUnused() {
        Set<URI> unused = ConcurrentHashMap.newKeySet();
        return endpoint -> {
            if (!unused.add(endpoint.uri())) {
                throw new IllegalStateException("address already in use: " + endpoint.uri());
            }
            return new ForwardingEndpoint<>(endpoint) {
                @Override
                public R accept(Duration timeout) throws IOException {
                    unused.remove(uri());
                    return super.accept(timeout);
                }
            };
        };
    }

    /** A fault, and the contracts that it breaks. */
    record Fault<R extends Request>(String name, UnaryOperator<Endpoint<R>> mutation, Set<String> broken) {

        Fault(String name, UnaryOperator<Endpoint<R>> mutation, String... broken) {
            this(name, mutation, Set.of(broken));
        }
    }

    static <R extends Request> List<Fault<R>> all() {
        return List.of(
                new Fault<>("accept gives up early", givesUpEarly(), "accept time-out"),
                new Fault<>("closing waits for accept", closeWaitsForAccept(), "close unblocks accept"),
                // What a server's shutdown is made of.
                new Fault<>(
                        "a wakeup does not end the accept that waits",
                        wakeupDoesNotEndAccept(),
                        "wakeup ends accept",
                        "shutdown while accepting"),
                new Fault<>("a wakeup is not remembered", wakeupIsNotSticky(), "wakeup is sticky"),
                new Fault<>("a wakeup ends two accepts", wakeupsAreCounted(), "wakeup ends accept", "wakeup is sticky"),
                new Fault<>("an interrupted accept closes", interruptCloses(), "interrupted accept"),
                new Fault<>("an interrupted accept swallows the flag", interruptIsSwallowed(), "interrupted accept"),
                new Fault<>("accept after close returns null", acceptAfterCloseIsNull(), "accept after close"),
                new Fault<>("a third close throws", thirdCloseThrows(), "use after close of a server"),
                new Fault<>("an unused address stays bound", isNotFreedUnused(), "shutdown before serving"),
                new Fault<>("closing twice throws", doubleCloseThrows(), "double close of an endpoint"));
    }
}
