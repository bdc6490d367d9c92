package io.socketserver.api;

import io.socketserver.api.Observer.Refusal;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes each request from the accept loop to the dispatcher, or turns it away; never throws. */
final class Admission<R extends Request> implements Consumer<R> {

    private final Server<R> server;
    private final @Nullable Predicate<? super R> predicate;
    private final boolean truncatedAdmitted;
    private final Dispatcher dispatcher;
    private final Observers observers;
    private final Tally tally;
    private final Gate gate;
    private final Service<R> service;

    Admission(
            Server<R> server, ServerBuilder<R> parts, Observers observers, Tally tally, Gate gate, Service<R> service) {
        this.server = server;
        this.predicate = parts.admission;
        this.truncatedAdmitted = parts.truncatedAdmitted;
        this.dispatcher = parts.dispatcher;
        this.observers = observers;
        this.tally = tally;
        this.gate = gate;
        this.service = service;
    }

    @Override
    public void accept(R request) {
        tally.received();
        boolean inside = false;
        try {
            request.accepted(server);
            Refusal excess = gate.admit(request);
            inside = excess == null;
            Refusal refusal = excess == null ? objection(request) : excess;
            if (refusal != null) {
                refuse(request, refusal);
                return;
            }
            RequestTask<R> task = new RequestTask<>(request, service);
            inside = !task.enter();
            if (inside) {
                // It took the predicate longer than the server waits for at its end.
                refuse(request, Refusal.REJECTED);
            } else {
                dispatch(task, request);
            }
        } catch (Throwable t) {
            // Memory may be exhausted here; that costs this request and not the server.
            tally.refused(Refusal.REJECTED);
            Log.log(Level.ERROR, request, " could not be dispatched", t);
            close(request);
        } finally {
            if (inside) {
                gate.left(request);
            }
        }
    }

    private @Nullable Refusal objection(R request) {
        if (!truncatedAdmitted && request instanceof Datagram datagram && datagram.truncated()) {
            return Refusal.TRUNCATED;
        }
        return admits(request) ? null : Refusal.NOT_ADMITTED;
    }

    private void refuse(R request, Refusal reason) {
        tally.refused(reason);
        observers.tell(o -> o.refused(request, reason));
        close(request);
    }

    private boolean admits(R request) {
        try {
            return predicate == null || predicate.test(request);
        } catch (Throwable t) {
            Log.log(Level.ERROR, request, " is not admitted, since the predicate failed", t);
            return false;
        }
    }

    // From here on the task sees to everything.
    private void dispatch(RequestTask<R> task, R request) {
        boolean interrupted = false;
        try {
            task.watch();
            observers.tell(o -> o.accepted(request));
            if (task.offer()) {
                interrupted = interrupted();
                dispatcher.execute(task);
                task.dispatched();
            }
        } catch (Throwable t) {
            task.reject(t);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // It was the server that was to be interrupted, and not the request, which may run on this thread.
    private boolean interrupted() {
        boolean interrupted = Thread.interrupted();
        if (interrupted) {
            server.shutdown();
        }
        return interrupted;
    }

    private static void close(Request request) {
        try {
            request.close();
        } catch (Throwable t) {
            Log.log(Level.DEBUG, request, " was refused and did not close", t);
        }
    }
}
