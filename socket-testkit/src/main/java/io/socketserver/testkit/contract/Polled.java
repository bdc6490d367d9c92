package io.socketserver.testkit.contract;

import io.socketserver.api.Connection;
import io.socketserver.api.spi.PollableChannel;
import io.socketserver.api.spi.Poller;
import java.io.IOException;

/** A connection that a poller waits for, and what it tells of it. For the thread that polls. */
final class Polled implements Poller.Target {

    static final String NOTHING = "nothing";
    static final String TO_READ = "ready to read";
    static final String TO_WRITE = "ready to write";
    static final String BOTH = "ready to read and to write";

    private final Poller poller;
    private final PollableChannel channel;
    private final Poller.Key key;
    private String told = NOTHING;

    Polled(Poller poller, Connection connection) throws IOException {
        this.poller = poller;
        channel = channel(connection);
        key = poller.register(channel, this);
    }

    static PollableChannel channel(Connection connection) {
        if (connection.channel() instanceof PollableChannel pollable) {
            return pollable;
        }
        throw new AssertionError(connection.channel().getClass().getName() + " is no "
                + PollableChannel.class.getSimpleName() + ": if it cannot be, leave these contracts out by"
                + " withoutPolling()");
    }

    PollableChannel channel() {
        return channel;
    }

    void await(boolean toRead, boolean toWrite) {
        key.await(toRead, toWrite);
    }

    /** Polls until something is told. */
    String next() throws IOException, InterruptedException {
        told = NOTHING;
        while (told.equals(NOTHING)) {
            poller.poll();
            // A poll leaves it set, so that the next one would come back at once, and so on without end.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return told;
    }

    /** What is told by a poll that does not wait. */
    String now() throws IOException {
        told = NOTHING;
        poller.pollNow();
        return told;
    }

    @Override
    public void ready(boolean toRead, boolean toWrite) {
        String what = toRead ? TO_READ : NOTHING;
        if (toWrite) {
            what = toRead ? BOTH : TO_WRITE;
        }
        told = told.equals(NOTHING) ? what : told + ", and then " + what;
    }
}
