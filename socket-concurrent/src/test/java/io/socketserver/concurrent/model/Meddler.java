package io.socketserver.concurrent.model;

import io.socketserver.api.ErrorHandler;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.Server.State;
import io.socketserver.api.TimeLimit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Does something to the server from within what it is told, once each. */
final class Meddler implements Observer, ErrorHandler {

    private final Map<Moment, Deed> toDo;
    private final Census census;

    Meddler(Map<Moment, Deed> toDo, Census census) {
        this.toDo = new ConcurrentHashMap<>(toDo);
        this.census = census;
    }

    boolean admit(Request request) {
        meddle(Moment.ADMITTING, request);
        return true;
    }

    @Override
    public void stateChanged(Server<?> server, State from, State to) {
        if (to != State.NEW) {
            meddle(Moment.valueOf(to.name()), server);
        }
    }

    @Override
    public void accepted(Request request) {
        meddle(Moment.ACCEPTED, request);
    }

    @Override
    public void refused(Request request, Refusal reason) {
        meddle(Moment.REFUSED, request);
    }

    @Override
    public void handle(Request request, Throwable failure) {
        meddle(Moment.FAILED, request);
    }

    @Override
    public void timedOut(Request request, TimeLimit limit) {
        meddle(Moment.TIMED_OUT, request);
    }

    @Override
    public void ended(Request request) {
        meddle(Moment.ENDED, request);
    }

    private void meddle(Moment moment, Request request) {
        meddle(moment, request.server().orElseThrow());
    }

    private void meddle(Moment moment, Server<?> server) {
        Deed deed = toDo.remove(moment);
        if (deed != null) {
            try {
                deed.perform(server);
            } catch (Exception e) {
                census.unexpected(e);
            }
        }
    }
}
