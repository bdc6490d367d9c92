package io.socketserver.api;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A handler of which each request gets an instance of its own, in three steps: setup, handle, finish.
 *
 * <p>It is Python's {@code BaseRequestHandler}: {@link #finish()} runs if {@link #setup()} succeeded, whatever {@link
 * #handle()} did. State of one conversation goes into fields; no other thread sees them.
 *
 * <pre>{@code
 * Server.on(endpoint).handle(RequestHandler.each(TimeHandler::new));
 * }</pre>
 *
 * @param <R> the kind of request it answers
 */
public abstract class RequestHandler<R extends Request> {

    private @Nullable R request;

    /** Prepares an instance; the request is not known yet, see {@link #setup()}. */
    protected RequestHandler() {}

    /**
     * Returns a handler that makes a new instance for each request and leads it through its steps.
     *
     * @param factory makes the instances; called on the thread that runs the request
     * @param <R> the kind of request
     * @return the handler to give to a server
     */
    public static <R extends Request> Handler<R> each(Supplier<? extends RequestHandler<R>> factory) {
        return request -> {
            RequestHandler<R> instance = factory.get();
            instance.run(request);
        };
    }

    /**
     * The request that this instance was made for.
     *
     * @return the request
     * @throws IllegalStateException in the constructor, where it is not known yet
     */
    protected final R request() {
        if (request == null) {
            throw new IllegalStateException("the request is known from setup() on, not in the constructor");
        }
        return request;
    }

    /**
     * Runs before {@link #handle()}; if it throws, neither handle nor finish runs.
     *
     * @throws Exception for any failure
     */
    protected void setup() throws Exception {}

    /**
     * Answers the request.
     *
     * @throws Exception for any failure
     */
    protected abstract void handle() throws Exception;

    /**
     * Runs after {@link #handle()}, also when that threw.
     *
     * @throws Exception for any failure; if handle threw as well, this one is suppressed by that one
     */
    protected void finish() throws Exception {}

    private void run(R accepted) throws Exception {
        request = accepted;
        setup();
        try {
            handle();
        } catch (Throwable failure) {
            finishAfter(failure);
            throw failure;
        }
        finish();
    }

    private void finishAfter(Throwable failure) {
        try {
            finish();
        } catch (Throwable second) {
            if (second != failure) {
                failure.addSuppressed(second);
            }
        }
    }
}
