package io.socketserver.concurrent;

import io.socketserver.api.spi.MessageTask;
import io.socketserver.api.spi.PollableChannel;
import io.socketserver.api.spi.Poller;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One thread that leads many conversations: waits for all of their connections, and goes from one to the next. */
final class Loop implements Runnable {

    private final Poller poller;
    private final LoopThread thread;
    private final int maxQueued;
    private final Attention attention;
    private final LoopBuffers buffers = new LoopBuffers();
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean waiting = new AtomicBoolean();
    // Accepted and not ended; negative when no more are taken. So the last to leave and the next to come agree.
    private final AtomicInteger load = new AtomicInteger();
    private final Set<StreamTalk> talks = new HashSet<>();
    private volatile boolean closing;
    private @Nullable IOException failure;

    private Loop(Poller poller, String name, EventLoopOptions options) {
        this.poller = poller;
        maxQueued = options.maxQueued();
        thread = new LoopThread(this, name, options.daemon());
        attention = new Attention(thread);
    }

    /** Starts a loop for channels like that one. */
    static Loop start(PollableChannel example, String name, EventLoopOptions options) throws IOException {
        Poller poller = example.openPoller();
        boolean started = false;
        try {
            Loop loop = new Loop(poller, name, options);
            loop.thread.start();
            started = true;
            return loop;
        } finally {
            if (!started) {
                poller.close();
            }
        }
    }

    /** Takes a connection. Returns false if it takes no more, having failed. */
    boolean take(MessageTask task, PollableChannel channel) {
        StreamTalk talk = new StreamTalk(this, task, channel);
        int before = load.getAndUpdate(n -> n < 0 ? n : n + 1);
        if (before < 0) {
            return false;
        }
        execute(talk);
        return true;
    }

    /** Has its thread do something soon. */
    void execute(Runnable step) {
        inbox.add(step);
        if (Thread.currentThread() != thread && waiting.compareAndSet(true, false)) {
            poller.wakeup();
        }
    }

    /** Ends it when its last conversation has ended. */
    void close() {
        closing = true;
        poller.wakeup();
    }

    /** Begins to wait for a channel. */
    Poller.Key register(PollableChannel channel, Poller.Target target) throws IOException {
        if (failure != null) {
            throw failure;
        }
        return poller.register(channel, target);
    }

    Attention attention() {
        return attention;
    }

    LoopBuffers buffers() {
        return buffers;
    }

    /** For what other threads do to its conversations. */
    ReentrantLock lock() {
        return lock;
    }

    int maxQueued() {
        return maxQueued;
    }

    void began(StreamTalk talk) {
        talks.add(talk);
    }

    void ended(StreamTalk talk) {
        talks.remove(talk);
        load.decrementAndGet();
    }

    @Override
    public void run() {
        try (poller) {
            runInbox();
            // Looked at in between, since the last conversation may have ended in either.
            while (!(closing && load.compareAndSet(0, Integer.MIN_VALUE))) {
                poll();
                runInbox();
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void runInbox() {
        // What each of them adds waits until the connections have had their turn.
        for (int steps = inbox.size(); steps > 0; steps--) {
            inbox.remove().run();
        }
    }

    private void poll() throws IOException {
        waiting.set(true);
        // What was added before that has woken nobody.
        if (!inbox.isEmpty() && waiting.compareAndSet(true, false)) {
            poller.pollNow();
        } else {
            poller.poll();
        }
        waiting.set(false);
        // Whoever interrupts it outside of a handler has mistaken the thread; waiting would have no effect from then
        // on.
        Thread.interrupted();
    }

    // Nothing would tell of its connections any more, so they end; what comes next gets another loop. It is logged at
    // last, since the logger may run into the same.
    private void fail(Throwable cause) {
        load.getAndUpdate(n -> n < 0 ? n : n + Integer.MIN_VALUE);
        IOException reason = new IOException("the event loop has failed", cause);
        failure = reason;
        for (StreamTalk talk : List.copyOf(talks)) {
            contained(() -> talk.abort(reason));
        }
        // Those who were let in before that may not have come yet.
        while (load.get() > Integer.MIN_VALUE) {
            contained(this::runInbox);
            Thread.onSpinWait();
        }
        Log.log(Level.ERROR, thread.getName() + " has failed; its connections are closed", cause);
    }

    // The others end all the same.
    private static void contained(Runnable step) {
        try {
            step.run();
        } catch (Throwable t) {
            Log.log(Level.ERROR, "a conversation of a loop that has failed does not end as it should", t);
        }
    }
}
