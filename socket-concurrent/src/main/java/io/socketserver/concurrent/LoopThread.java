package io.socketserver.concurrent;

/** A thread that serves many connections, and so must not wait for one. */
final class LoopThread extends Thread {

    LoopThread(Runnable loop, String name, boolean daemon) {
        super(null, loop, name);
        setDaemon(daemon);
    }

    /** Whether the current thread is one. */
    static boolean isCurrent() {
        return Thread.currentThread() instanceof LoopThread;
    }
}
