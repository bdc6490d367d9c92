package io.socketserver.testkit;

import io.socketserver.api.spi.PollableChannel;
import io.socketserver.api.spi.Poller;
import java.io.IOException;

/** A poller that does what another does, for channels that do what others do; a fault is a method overridden. */
class ForwardingPoller implements Poller {

    private final Poller poller;

    ForwardingPoller(Poller poller) {
        this.poller = poller;
    }

    @Override
    public Key register(PollableChannel channel, Target target) throws IOException {
        return poller.register(channel instanceof ForwardingChannel known ? known.pollable() : channel, target);
    }

    @Override
    public void poll() throws IOException {
        poller.poll();
    }

    @Override
    public void pollNow() throws IOException {
        poller.pollNow();
    }

    @Override
    public void wakeup() {
        poller.wakeup();
    }

    @Override
    public void close() throws IOException {
        poller.close();
    }
}
