package io.socketserver.concurrent;

import io.socketserver.api.spi.PollableChannel;
import io.socketserver.api.spi.Poller;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A poller that fails when it is told to. */
final class TappedPoller implements Poller {

    private final Poller poller;
    private final AtomicInteger polls = new AtomicInteger();
    private volatile @Nullable IOException failure;

    TappedPoller(Poller poller) {
        this.poller = poller;
    }

    void fail(IOException reason) {
        failure = reason;
        poller.wakeup();
    }

    /** How often it has begun to poll. */
    int polls() {
        return polls.get();
    }

    /** Waits until it has begun to poll more often than that. */
    void awaitPollAfter(int number) {
        while (polls.get() <= number) {
            Thread.onSpinWait();
        }
    }

    @Override
    public Key register(PollableChannel channel, Target target) throws IOException {
        return poller.register(((TappedChannel) channel).channel(), target);
    }

    @Override
    public void poll() throws IOException {
        polls.incrementAndGet();
        poller.poll();
        failIfToldTo();
    }

    @Override
    public void pollNow() throws IOException {
        polls.incrementAndGet();
        poller.pollNow();
        failIfToldTo();
    }

    private void failIfToldTo() throws IOException {
        if (failure != null) {
            throw failure;
        }
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
