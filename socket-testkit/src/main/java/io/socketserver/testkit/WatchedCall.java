package io.socketserver.testkit;

import java.lang.Thread.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One call of a handler by the thread that makes this; equal to itself only. */
final class WatchedCall {

    private final Thread thread = Thread.currentThread();
    private final String what;
    private final long begun;
    private final AtomicBoolean told = new AtomicBoolean();
    // Even in the handler itself, odd in what its replies do. So whoever finds it even and unchanged has seen the
    // handler.
    private volatile int crossings;

    WatchedCall(String what, long begun) {
        this.what = what;
        this.begun = begun;
    }

    boolean isHere() {
        return Thread.currentThread() == thread;
    }

    /** On its thread: it enters its replies, or comes back. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void cross() {
        crossings++;
    }

    /** Looks at its thread. Returns what is wrong, if this call has not ended meanwhile; null if nothing is. */
    @Nullable
    String look(long now, long limit) {
        int before = crossings;
        State state = thread.getState();
        StackTraceElement[] stack = thread.getStackTrace();
        if (before % 2 != 0 || before != crossings) {
            return null;
        }
        if (now - begun >= limit) {
            return describe(
                    "has not returned for " + Duration.ofNanos(now - begun).toMillis() + " ms", stack);
        }
        boolean waits = state == State.WAITING || state == State.TIMED_WAITING;
        return waits && thread.getState() == state && showsAWait(stack) ? describe("is " + state, stack) : null;
    }

    /** Whether this is the first time that something is told of it. */
    boolean tell() {
        return told.compareAndSet(false, true);
    }

    // The state is not that of the same moment, but a thread that waits for a lock or for nothing cannot have such a
    // stack.
    private static boolean showsAWait(StackTraceElement[] stack) {
        return stack.length > 0
                && (stack[0].isNativeMethod() || stack[0].getClassName().equals("java.lang.VirtualThread"))
                && Arrays.stream(stack).noneMatch(WatchedCall::isLocking);
    }

    // Such as lockInterruptibly and tryLock; but not block, by which a condition is waited for.
    private static boolean isLocking(StackTraceElement frame) {
        String method = frame.getMethodName();
        return frame.getClassName().startsWith("java.util.concurrent.locks.")
                && (method.startsWith("lock") || method.contains("Lock"));
    }

    private String describe(String how, StackTraceElement[] stack) {
        return what + " on thread '" + thread.getName() + "' " + how
                + Arrays.stream(stack).map(frame -> "\n    at " + frame).collect(Collectors.joining());
    }
}
