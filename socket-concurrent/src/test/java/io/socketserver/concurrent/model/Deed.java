package io.socketserver.concurrent.model;

import io.socketserver.api.Server;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** What anybody may do to a server at any time: a script, a handler, an observer. */
enum Deed implements Command {
    START(Server::start),
    SERVE(Deed::serveOnAThread),
    SERVE_ONE(server -> server.serveOne(Duration.ofMillis(20))),
    PAUSE(Server::pause),
    RESUME(Server::resume),
    SHUTDOWN(Server::shutdown),
    AWAIT_STOPPED(server -> server.awaitStopped(Duration.ofMillis(500))),
    DRAIN(server -> server.drain(Duration.ofSeconds(1))),
    DRAIN_AT_ONCE(server -> server.drain(Duration.ZERO)),
    CLOSE(Server::close),
    INTERRUPT_ONESELF(server -> Thread.currentThread().interrupt());

    static final Set<Deed> ENDING_NOTHING = EnumSet.of(START, SERVE, SERVE_ONE, PAUSE, RESUME, AWAIT_STOPPED);

    /** What may throw. */
    private interface Action {
        void on(Server<?> server) throws Exception;
    }

    @SuppressWarnings("ImmutableEnumChecker") // no lambda here has state
    private final Action action;

    Deed(Action action) {
        this.action = action;
    }

    void perform(Server<?> server) throws Exception {
        try {
            action.on(server);
        } catch (IllegalStateException e) {
            // Somebody serves it already, or it is closed: that much is promised.
            if (!String.valueOf(e.getMessage()).contains("() needs a server ")) {
                throw e;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void serveOnAThread(Server<?> server) {
        new Thread(() -> serve(server), "serving").start();
    }

    private static void serve(Server<?> server) {
        try {
            server.serve();
        } catch (IllegalStateException e) {
            // As above.
        } catch (Exception e) {
            throw new AssertionError("serve() failed", e);
        }
    }
}
