package io.socketserver.testkit;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The thread on which the handler of a script runs, and how that has ended; looked at under the lock of the scene. */
final class HandlerThread {

    /** What may throw. */
    interface Body {
        void run() throws Throwable;
    }

    private final Scene scene;
    private final Thread thread;
    private boolean begun;
    private boolean ended;
    private @Nullable Throwable failure;

    HandlerThread(Scene scene, Body handler) {
        this.scene = scene;
        thread = new Thread(() -> handle(handler), "handler of a script");
        // A script that is not brought to its end must not keep the process.
        thread.setDaemon(true);
    }

    private void handle(Body handler) {
        Throwable thrown = null;
        try {
            handler.run();
        } catch (Throwable t) {
            thrown = t;
        }
        Throwable result = thrown;
        scene.change(() -> {
            failure = result;
            ended = true;
        });
    }

    /** Starts it, unless it was started before. */
    void begin() {
        if (!begun) {
            begun = true;
            thread.start();
        }
    }

    boolean ended() {
        return ended;
    }

    /** What the handler has thrown; null as long as it has not ended. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Whether it has ended, or can only be moved by the script. */
    boolean settled() {
        return ended || scene.waits(thread);
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Where the handler is. */
    String stack() {
        return Arrays.stream(thread.getStackTrace())
                .takeWhile(frame -> !frame.getClassName().equals(HandlerThread.class.getName()))
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
    }
}
