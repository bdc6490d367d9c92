package io.socketserver.testkit;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a handler and a script have between them, under one lock: so a script knows for certain who waits for whom. */
abstract class Scene {

    final ReentrantLock lock = new ReentrantLock();

    /** Signalled whenever something under the lock may be different. */
    final Condition changed = lock.newCondition();

    /** Whether a thread, which handles, can only be moved by the script; under the lock. */
    abstract boolean waits(Thread handling);

    /** Ends it all, so that whoever handles ends too; under the lock. */
    abstract void release();

    /** Does something under the lock, and has everybody look again. */
    final void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
