package io.socketserver.concurrent;

import io.socketserver.api.Request;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import io.socketserver.api.spi.MessageTask;
import io.socketserver.api.spi.PollableChannel;
import io.socketserver.api.spi.Poller;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The conversation on one connection, led by a loop in steps that never wait.
 *
 * <p>All of it is for the loop's thread, but the replies and the server's control, which are for all.
 */
final class StreamTalk implements Runnable, Poller.Target, Replies, MessageTask.Control {

    /** How far it has come. */
    private enum Phase {
        NEW,
        /** Messages are handled. */
        TALKING,
        /** Its handler has finished; what that has sent is yet to go out. */
        FINISHED,
        OVER
    }

    private static final AtomicIntegerFieldUpdater<StreamTalk> SCHEDULED =
            AtomicIntegerFieldUpdater.newUpdater(StreamTalk.class, "scheduled");

    private final Loop loop;
    private final MessageTask task;
    private final PollableChannel channel;
    private final Incoming incoming;
    private final Outgoing outgoing;

    private Phase phase = Phase.NEW;
    private Poller.@Nullable Key key;
    private @Nullable MessageHandler handler;
    private @Nullable Throwable failure;
    private boolean endOfInput;
    private boolean heldBack;
    // There may be more than one read takes; no poller tells of what was read ahead before the conversation.
    private boolean more;
    // The wait for what comes next begins when that has been handled.
    private boolean hasRead;
    private boolean awaitsRead;
    private boolean awaitsWrite;
    private int awaitedBatch;
    private volatile @Nullable Announcements announcements;
    private volatile int scheduled;
    private volatile boolean ended;
    private volatile boolean cutOff;

    StreamTalk(Loop loop, MessageTask task, PollableChannel channel) {
        this.loop = loop;
        this.task = task;
        this.channel = channel;
        incoming = new Incoming(loop.buffers(), task.handler().framing());
        outgoing = new Outgoing(loop, task);
    }

    /** It is new, or something has changed from elsewhere. */
    @Override
    public void run() {
        scheduled = 0;
        if (phase == Phase.NEW) {
            begin();
        } else {
            goOn(false);
        }
    }

    @Override
    public void ready(boolean toRead, boolean toWrite) {
        goOn(toRead && awaitsRead);
    }

    private void begin() {
        if (!task.begin(this)) {
            phase = Phase.OVER;
            outgoing.close();
            loop.ended(this);
            return;
        }
        phase = Phase.TALKING;
        loop.began(this);
        try {
            key = loop.register(channel, this);
            handling(() -> {
                // Looked at only now, see handleMessages.
                if (!cutOff) {
                    handler = task.handler().handler().begin(this);
                }
            });
        } catch (Throwable t) {
            failed(t);
        }
        // What the peer has to say is often there already; what was read ahead waits until the greeting is gone.
        more = true;
        goOn(false);
    }

    // All that can be done now, in the order in which it has to be; then it is decided what to wait for.
    private void goOn(boolean toRead) {
        if (phase == Phase.OVER) {
            return;
        }
        boolean read = toRead || more;
        writeOut();
        while (mayHandle() && (heldBack || read)) {
            if (heldBack) {
                incoming.lookAgain();
            } else {
                read = false;
                receive();
            }
            handleMessages();
            writeOut();
        }
        if (phase == Phase.TALKING && isAtItsEnd()) {
            finish();
        }
        if (phase == Phase.FINISHED && (cutOff || outgoing.isEmpty())) {
            over();
        } else {
            await();
            if (more && mayHandle()) {
                schedule();
            }
        }
    }

    private boolean mayHandle() {
        return phase == Phase.TALKING && failure == null && !ended && !cutOff && !outgoing.isStuck();
    }

    private void receive() {
        try {
            int count = incoming.read(task);
            endOfInput = count < 0;
            hasRead |= count > 0;
            more = incoming.isFull();
        } catch (Throwable t) {
            failed(t);
        }
    }

    private void handleMessages() {
        loop.attention().begin(this);
        try {
            // Looked at only now, so that a cut-off either is seen here or finds the handler to interrupt.
            if (mayHandle()) {
                handleAll(Objects.requireNonNull(handler, "a handler's begin() returned null"));
            }
            incoming.keep();
        } catch (Throwable t) {
            failed(t);
        } finally {
            loop.attention().end(this);
        }
    }

    private void handleAll(MessageHandler own) throws Exception {
        heldBack = false;
        // A handler that has gone on in spite of an interrupt gets no more to do: nothing would interrupt that.
        while (!ended && !cutOff) {
            if (outgoing.isStuck()) {
                heldBack = true;
                return;
            }
            ByteBuffer message = incoming.next();
            if (message == null && endOfInput) {
                message = incoming.last();
            }
            if (message == null) {
                return;
            }
            own.handle(message, this);
        }
    }

    private void writeOut() {
        try {
            outgoing.write();
        } catch (Throwable t) {
            // Nothing more will go out.
            failed(t);
            outgoing.close();
        }
    }

    private boolean isAtItsEnd() {
        return failure != null
                || ended
                || cutOff
                || !channel.isOpen()
                || (endOfInput && !heldBack && nothingAnnounced());
    }

    private boolean nothingAnnounced() {
        Announcements made = announcements;
        return made == null || made.none();
    }

    private void finish() {
        phase = Phase.FINISHED;
        incoming.drop();
        MessageHandler own = handler;
        if (own != null) {
            try {
                handling(() -> own.finish(this));
            } catch (Throwable t) {
                failed(t);
            }
        }
        ended = true;
        writeOut();
    }

    private void over() {
        phase = Phase.OVER;
        ended = true;
        outgoing.close();
        loop.ended(this);
        task.end(failure);
    }

    private void await() {
        boolean toWrite = outgoing.isStuck();
        boolean toRead = phase == Phase.TALKING && !endOfInput && !toWrite;
        boolean changed = toRead != awaitsRead || toWrite != awaitsWrite;
        if (changed || hasRead || (toWrite && awaitedBatch != outgoing.batch())) {
            hasRead = false;
            awaitsRead = toRead;
            awaitsWrite = toWrite;
            awaitedBatch = outgoing.batch();
            task.awaits(toRead, toWrite);
        }
        if (changed && key != null) {
            key.await(toRead, toWrite);
        }
    }

    /** What a handler is asked to do. */
    private interface Step {
        void run() throws Exception;
    }

    private void handling(Step step) throws Exception {
        loop.attention().begin(this);
        try {
            step.run();
        } finally {
            loop.attention().end(this);
        }
    }

    /** Its loop has failed, so that nothing can be waited for any more. */
    void abort(Throwable reason) {
        failed(reason);
        cutOff = true;
        run();
    }

    // Ends it for a reason, unless it has ended for another.
    private void failed(Throwable t) {
        if (failure == null) {
            failure = t;
        } else if (failure != t) {
            failure.addSuppressed(t);
        }
    }

    private void schedule() {
        if (scheduled == 0 && SCHEDULED.compareAndSet(this, 0, 1)) {
            loop.execute(this);
        }
    }

    @Override
    public void send(ByteBuffer reply) throws IOException {
        if (ended) {
            throw new ClosedChannelException();
        }
        if (loop.attention().isHere(this)) {
            outgoing.add(reply);
        } else {
            outgoing.addFromElsewhere(reply, !LoopThread.isCurrent());
            schedule();
        }
    }

    @Override
    public void flush() throws IOException {
        if (loop.attention().isHere(this)) {
            outgoing.write();
        }
    }

    @Override
    public void end() {
        ended = true;
        if (!loop.attention().isHere(this)) {
            schedule();
        }
    }

    @Override
    public Later later() {
        loop.lock().lock();
        try {
            Announcements made = announcements;
            if (made == null) {
                made = new Announcements(this, this::schedule);
                announcements = made;
            }
            return made.add();
        } finally {
            loop.lock().unlock();
        }
    }

    @Override
    public Request request() {
        return task.request();
    }

    @Override
    public void cutOff() {
        cutOff = true;
        loop.attention().interrupt(this);
        schedule();
    }

    @Override
    public boolean isHandling() {
        return loop.attention().isOn(this);
    }

    @Override
    public String toString() {
        return task.toString();
    }
}
