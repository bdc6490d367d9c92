package io.socketserver.api;

import io.socketserver.api.Server.State;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;

/** All observers of a server, contained: none can harm the server or keep the others from being told. */
final class Observers implements Lifecycle.Listener {

    private final Server<?> server;
    private final Observer[] observers;

    Observers(Server<?> server, List<Observer> observers) {
        this.server = server;
        this.observers = observers.toArray(new Observer[0]);
    }

    @Override
    public void changed(State from, State to) {
        tell(o -> o.stateChanged(server, from, to));
    }

    void tell(Consumer<Observer> event) {
        for (Observer observer : observers) {
            try {
                event.accept(observer);
            } catch (Throwable t) {
                Log.log(Level.ERROR, observer, ", an observer, failed", t);
            }
        }
    }
}
