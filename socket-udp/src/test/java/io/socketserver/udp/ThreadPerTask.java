package io.socketserver.udp;

import io.socketserver.api.Dispatcher;

/** A thread for each request. */
final class ThreadPerTask implements Dispatcher {

    @Override
    public void execute(Runnable task) {
        new Thread(task, "handler").start();
    }

    @Override
    public void close() {}
}
