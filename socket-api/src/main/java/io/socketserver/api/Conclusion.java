package io.socketserver.api;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** What happens when a request has been handled: it is closed, and whoever is to know is told how it went, once. */
final class Conclusion {

    private static final int MAX_CAUSES = 20;

    private final ErrorHandler errors;
    private final Observers observers;
    private final Tally tally;
    private final Gate gate;

    Conclusion(ErrorHandler errors, Observers observers, Tally tally, Gate gate) {
        this.errors = errors;
        this.observers = observers;
        this.tally = tally;
        this.gate = gate;
    }

    /** Concludes a request that was handled, or cut off; what it threw after that is due to it. */
    void conclude(Request request, @Nullable Throwable failure, @Nullable CutOff cutOff) {
        try {
            if (cutOff != null) {
                cut(request);
                cutOff(request, cutOff);
            } else if (failure != null) {
                discard(request, failure);
            } else {
                closed(request, depart(request));
            }
        } finally {
            left(request);
        }
    }

    /** Concludes a request that the dispatcher did not take. */
    void reject(Request request, Throwable cause) {
        try {
            tally.refused(Observer.Refusal.REJECTED);
            observers.tell(o -> o.refused(request, Observer.Refusal.REJECTED));
            request.discardReply();
            report(request, cause);
        } finally {
            depart(request);
            left(request);
        }
    }

    private void discard(Request request, Throwable failure) {
        try {
            request.discardReply();
            failed(request, failure);
        } finally {
            depart(request);
        }
    }

    /** Takes from a request what it works on; its own end comes when its handler finds out. */
    void cut(Request request) {
        try {
            request.abort();
        } catch (Throwable e) {
            // It shows in the handler's thread as well, and is due to this.
            Log.log(Level.DEBUG, request, " was cut off and did not close", e);
        }
    }

    /** A request was cut off and does not end. */
    void abandoned(Request request) {
        observers.tell(o -> o.abandoned(request));
    }

    private void cutOff(Request request, CutOff cutOff) {
        tally.cutOff(cutOff);
        TimeLimit limit = cutOff.limit();
        if (limit != null) {
            observers.tell(o -> o.timedOut(request, limit));
        }
    }

    private void closed(Request request, @Nullable Throwable unsent) {
        if (unsent == null) {
            tally.completed();
        } else {
            failed(request, unsent);
        }
    }

    private void left(Request request) {
        try {
            request.concluded();
            tally.moved(request);
            observers.tell(o -> o.ended(request));
        } finally {
            gate.left(request);
        }
    }

    private void failed(Request request, Throwable failure) {
        DisconnectedException gone = disconnectContained(request, failure);
        if (gone == null) {
            tally.failed();
            report(request, failure);
        } else {
            tally.disconnected();
            observers.tell(o -> o.disconnected(request, gone));
        }
    }

    private void report(Request request, Throwable failure) {
        try {
            errors.handle(request, failure);
        } catch (Throwable t) {
            if (t != failure) {
                t.addSuppressed(failure);
            }
            Log.log(Level.ERROR, request, " failed, and then the error handler", t);
        }
    }

    private @Nullable Throwable depart(Request request) {
        // First, since a client that sees the end may be back at once.
        gate.leaving(request);
        try {
            request.close();
            return null;
        } catch (Throwable t) {
            return t;
        }
    }

    // It asks the failure, which is somebody else's code.
    private static @Nullable DisconnectedException disconnectContained(Request request, Throwable failure) {
        try {
            return disconnect(request, failure);
        } catch (RuntimeException | Error e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
            return null;
        }
    }

    // Of this request's peer: that a handler has lost somebody else is its failure.
    private static @Nullable DisconnectedException disconnect(Request request, Throwable failure) {
        Throwable cause = failure;
        // Not without end: causes can form a circle.
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof DisconnectedException gone && gone.isOf(request)) {
                return gone;
            }
            cause = cause.getCause();
        }
        return null;
    }
}
