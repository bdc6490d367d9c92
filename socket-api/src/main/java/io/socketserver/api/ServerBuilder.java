package io.socketserver.api;

import io.socketserver.api.spi.MessageDispatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Composes a server of its endpoint and strategies; begun by {@link Server#on}, ended by {@link #handle}.
 *
 * <p>Not thread-safe. Each method but the last returns this builder.
 *
 * @param <R> the kind of request that the endpoint accepts
 */
public final class ServerBuilder<R extends Request> {

    final Endpoint<R> endpoint;
    final List<Observer> observers = new ArrayList<>();
    Dispatcher dispatcher = Dispatcher.sequential();

    @Nullable
    Predicate<? super R> admission;

    boolean truncatedAdmitted;
    ErrorHandler errors = ErrorHandler.logging();
    Limits limits = Limits.none();
    TimeSource time;

    ServerBuilder(Endpoint<R> endpoint) {
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
        // A mocked endpoint has none.
        time = Objects.requireNonNullElse(endpoint.time(), TimeSource.system());
    }

    /**
     * Chooses the concurrency strategy; {@linkplain Dispatcher#sequential() sequential} otherwise.
     *
     * @param strategy a dispatcher for this server alone, which closes it
     * @return this builder
     */
    public ServerBuilder<R> dispatch(Dispatcher strategy) {
        dispatcher = Objects.requireNonNull(strategy, "strategy");
        return this;
    }

    /**
     * Chooses a concurrency strategy for messages, many conversations on each thread: an event loop.
     *
     * @param strategy for this server alone, which closes it
     * @return takes the handler, which has to be one of messages
     */
    public MessageServerBuilder<R> dispatch(MessageDispatcher strategy) {
        return new MessageServerBuilder<>(this, Objects.requireNonNull(strategy, "strategy"));
    }

    /**
     * Chooses how much the server takes on; {@linkplain Limits#none() no limits} otherwise.
     *
     * @param chosen how many requests, from whom, and for how long
     * @return this builder
     */
    public ServerBuilder<R> limits(Limits chosen) {
        limits = Objects.requireNonNull(chosen, "chosen");
        return this;
    }

    /**
     * Decides which requests are handled: Python's {@code verify_request}. All of them otherwise.
     *
     * @param predicate called on the accepting thread, so it should be quick; a request that it says no to, or throws
     *     at, is closed, and the server goes on
     * @return this builder
     */
    public ServerBuilder<R> admitting(Predicate<? super R> predicate) {
        admission = Objects.requireNonNull(predicate, "predicate");
        return this;
    }

    /**
     * Hands truncated datagrams to the handler as well, which finds {@link Datagram#truncated()} true. Otherwise they are
     * {@linkplain Observer.Refusal#TRUNCATED refused}.
     *
     * @return this builder
     */
    public ServerBuilder<R> admittingTruncated() {
        truncatedAdmitted = true;
        return this;
    }

    /**
     * Chooses who owns the failures of handlers: Python's {@code handle_error}. {@linkplain ErrorHandler#logging() The
     * log} otherwise.
     *
     * @param handler told of each failed request
     * @return this builder
     */
    public ServerBuilder<R> onError(ErrorHandler handler) {
        errors = Objects.requireNonNull(handler, "handler");
        return this;
    }

    /**
     * Adds an observer; they are told in the order they were added.
     *
     * @param observer told of what happens in the server
     * @return this builder
     */
    public ServerBuilder<R> observe(Observer observer) {
        observers.add(Objects.requireNonNull(observer, "observer"));
        return this;
    }

    /**
     * Chooses the source of time, for tests; {@linkplain Endpoint#time() that of the endpoint} otherwise.
     *
     * @param source asked for every deadline and wait of the server
     * @return this builder
     */
    public ServerBuilder<R> time(TimeSource source) {
        time = Objects.requireNonNull(source, "source");
        return this;
    }

    /**
     * Completes the server.
     *
     * @param handler answers the requests; see {@link RequestHandler#each} for one instance per request
     * @return a server in state NEW
     */
    public Server<R> handle(Handler<? super R> handler) {
        return new Server<>(this, Objects.requireNonNull(handler, "handler"));
    }
}
