package io.socketserver.api;

import io.socketserver.api.Observer.Refusal;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Takes each request from the accept loop to the dispatcher, or turns it away; never throws. */
final class Admission<R extends Request> implements Consumer<R> {

    private final Server<R> server;
    private final Predicate<? super R> predicate;
    private final Dispatcher dispatcher;
    private final Handler<? super R> handler;
    private final ErrorHandler errors;
    private final Observers observers;
    private final boolean truncatedAdmitted;
    private final Counters counters;
    private final InFlight inFlight;

    Admission(
            Server<R> server,
            ServerBuilder<R> parts,
            Handler<? super R> handler,
            Observers observers,
            Counters counters,
            InFlight inFlight) {
        this.server = server;
        this.predicate = parts.admission;
        this.dispatcher = parts.dispatcher;
        this.handler = handler;
        this.errors = parts.errors;
        this.observers = observers;
        this.truncatedAdmitted = parts.truncatedAdmitted;
        this.counters = counters;
        this.inFlight = inFlight;
    }

    @Override
    public void accept(R request) {
        counters.received();
        try {
            request.accepted(server);
            if (!truncatedAdmitted && request instanceof Datagram datagram && datagram.truncated()) {
                refuse(request, Refusal.TRUNCATED);
            } else if (!admits(request)) {
                refuse(request, Refusal.NOT_ADMITTED);
            } else {
                dispatch(request);
            }
        } catch (Throwable t) {
            // Memory may be exhausted here; that costs this request and not the server.
            counters.refused(Refusal.REJECTED);
            Server.LOG.log(Level.ERROR, request + " could not be dispatched", t);
            close(request);
        }
    }

    private void refuse(R request, Refusal reason) {
        counters.refused(reason);
        observers.tell(o -> o.refused(request, reason));
        close(request);
    }

    private boolean admits(R request) {
        try {
            return predicate.test(request);
        } catch (Throwable t) {
            Server.LOG.log(Level.ERROR, request + " is not admitted, since the predicate failed", t);
            return false;
        }
    }

    private void dispatch(R request) {
        RequestTask<R> task = new RequestTask<>(request, handler, errors, observers, inFlight);
        inFlight.add(task);
        try {
            observers.tell(o -> o.accepted(request));
            dispatcher.execute(task);
            task.dispatched();
        } catch (Throwable t) {
            if (task.reject(t)) {
                counters.refused(Refusal.REJECTED);
            }
        }
    }

    private static void close(Request request) {
        try {
            request.close();
        } catch (IOException | RuntimeException e) {
            Server.LOG.log(Level.DEBUG, request + " was refused and did not close", e);
        }
    }
}
