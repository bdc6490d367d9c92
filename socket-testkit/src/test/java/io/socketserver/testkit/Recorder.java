package io.socketserver.testkit;

import io.socketserver.api.DisconnectedException;
import io.socketserver.api.ErrorHandler;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.TimeLimit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Writes down, as short texts, all that observers and the error handler are told, and lets a test wait for it. */
final class Recorder implements Observer, ErrorHandler {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> events = new ArrayList<>();

    @Override
    public void stateChanged(Server<?> server, Server.State from, Server.State to) {
        note(from + " -> " + to);
    }

    @Override
    public void accepted(Request request) {
        note("accepted" + (request.isOpen() ? "" : " closed"));
    }

    @Override
    public void refused(Request request, Refusal reason) {
        note("refused " + reason + (request.isOpen() ? "" : " closed"));
    }

    @Override
    public void disconnected(Request request, DisconnectedException cause) {
        note("disconnected");
    }

    @Override
    public void ended(Request request) {
        note("ended" + (request.isOpen() ? " open" : ""));
    }

    @Override
    public void timedOut(Request request, TimeLimit limit) {
        note(limit + (request.isOpen() ? " open" : ""));
    }

    @Override
    public void abandoned(Request request) {
        note("abandoned" + (request.isOpen() ? " open" : ""));
    }

    @Override
    public void acceptFailed(Server<?> server, IOException failure, Duration pause) {
        note("accept failed, pause " + pause.toMillis());
    }

    @Override
    public void timedOut(Server<?> server) {
        note("timed out");
    }

    @Override
    public void handle(Request request, Throwable failure) {
        note("failed " + failure.getClass().getSimpleName() + (request.isOpen() ? "" : " closed"));
    }

    void note(String event) {
        lock.lock();
        try {
            events.add(event);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    List<String> events() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    int count(String event) {
        return Collections.frequency(events(), event);
    }

    void await(String event) throws InterruptedException {
        await(event, 1);
    }

    void await(String event, int times) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (Collections.frequency(events, event) < times) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
