package io.socketserver.testkit.contract;

import io.socketserver.api.Endpoint;
import io.socketserver.api.Request;
import io.socketserver.api.TimeSource;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/** The transport in one run of a contract, as far as streams and datagrams are alike. */
abstract class Stage<R extends Request> {

    static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private final Scope scope;
    private final TimeSource time;
    private final Supplier<URI> addresses;

    Stage(Scope scope, TimeSource time, Supplier<URI> addresses) {
        this.scope = scope;
        this.time = time;
        this.addresses = addresses;
    }

    /** A client that talks in lines of text. */
    interface Client extends Closeable {
        void send(String text) throws IOException;

        String receive() throws IOException;
    }

    /** What its time-outs are measured by. */
    TimeSource time() {
        return time;
    }

    abstract Endpoint<R> bind(URI address) throws IOException;

    /** Closed with the scope. */
    abstract Client client(URI server) throws IOException;

    /** A handler that answers each text with itself and an exclamation mark. */
    abstract void serve(R request) throws IOException;

    /** The same for one text. */
    abstract void serveOnce(R request) throws IOException;

    Scope scope() {
        return scope;
    }

    /** An address at which nothing is bound. */
    URI address() {
        return addresses.get();
    }

    /** An endpoint at an address of its own, closed with the scope. */
    Endpoint<R> endpoint() throws IOException {
        return scope.own(bind(address()));
    }

    /** Accepts what is certain to come; closed with the scope. */
    R accept(Endpoint<R> endpoint) throws IOException {
        R request = endpoint.accept(FOREVER);
        if (request == null) {
            throw new AssertionError("accept returned null, and was neither woken nor interrupted");
        }
        return scope.own(request);
    }

    /** Makes a request arrive, and accepts it. */
    R arrival(Endpoint<R> endpoint) throws IOException {
        client(endpoint.uri()).send("hello");
        return accept(endpoint);
    }
}
