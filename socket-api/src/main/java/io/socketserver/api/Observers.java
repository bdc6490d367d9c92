package io.socketserver.api;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;

/** All observers of a server, contained: none can harm the server or keep the others from being told. */
final class Observers {

    private final List<Observer> observers;

    Observers(List<Observer> observers) {
        this.observers = List.copyOf(observers);
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
