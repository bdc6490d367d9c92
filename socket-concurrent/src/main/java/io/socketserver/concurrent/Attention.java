package io.socketserver.concurrent;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Which conversation a thread is handling a message of: an interrupt that is meant for that handler reaches no other, and
 * nothing else that the thread does.
 */
final class Attention {

    /** Another thread is interrupting the handler of that conversation, in a few instructions. */
    private record Interrupting(Object conversation) {}

    private final Thread thread;
    private final AtomicReference<@Nullable Object> on = new AtomicReference<>();

    Attention(Thread thread) {
        this.thread = thread;
    }

    /** This one if it is the current thread's, else a new one that is. */
    Attention orOfThisThread() {
        Thread current = Thread.currentThread();
        return current == thread ? this : new Attention(current);
    }

    /** On its thread: the handler of a conversation runs from now on. */
    void begin(Object conversation) {
        on.set(conversation);
    }

    /** On its thread: it runs no more, and what was left of an interrupt is gone. */
    void end(Object conversation) {
        while (!on.compareAndSet(conversation, null)) {
            Thread.onSpinWait();
        }
        Thread.interrupted();
    }

    /** Interrupts the handler of a conversation, if it runs. */
    void interrupt(Object conversation) {
        if (on.compareAndSet(conversation, new Interrupting(conversation))) {
            try {
                thread.interrupt();
            } finally {
                on.set(conversation);
            }
        }
    }

    /** Whether the handler of a conversation runs. */
    boolean isOn(Object conversation) {
        Object now = on.get();
        return now == conversation || (now instanceof Interrupting how && how.conversation == conversation);
    }

    /** Whether the current thread is in the handler of a conversation. */
    boolean isHere(Object conversation) {
        return Thread.currentThread() == thread && on.getPlain() == conversation;
    }
}
