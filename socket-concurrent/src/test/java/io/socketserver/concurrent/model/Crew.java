package io.socketserver.concurrent.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Threads that go from one sequence to the next, as to start one takes longer than most of what there is to do. */
final class Crew {

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Member> idle = new ArrayDeque<>();

    /** Makes one of so many; it is joined by others when all are busy. */
    Crew(int size) {
        for (int i = 0; i < size; i++) {
            idle.push(new Member());
        }
    }

    /** Has one of them do it. */
    <T> FutureTask<T> run(Callable<T> work) {
        Member member = next();
        FutureTask<T> task = new FutureTask<>(() -> {
            try {
                return work.call();
            } finally {
                member.rest();
            }
        });
        member.give(task);
        return task;
    }

    /** Lets those go who have nothing to do. */
    void disband() {
        lock.lock();
        try {
            idle.forEach(member -> member.give(null));
            idle.clear();
        } finally {
            lock.unlock();
        }
    }

    private Member next() {
        lock.lock();
        try {
            return idle.isEmpty() ? new Member() : idle.pop();
        } finally {
            lock.unlock();
        }
    }

    /** What one of them is going to do; waited for at a latch, which a network can tell from being about to go on. */
    private static final class Turn {

        private final CountDownLatch given = new CountDownLatch(1);
        private @Nullable Runnable task;
    }

    private final class Member {

        private volatile Turn turn = new Turn();

        Member() {
            new Thread(this::work, "crew").start();
        }

        void give(@Nullable Runnable task) {
            Turn next = turn;
            next.task = task;
            next.given.countDown();
        }

        // Before anybody is told that the task is done, so that whoever comes then finds it idle.
        private void rest() {
            // Of what was done to this thread nothing is left.
            Thread.interrupted();
            turn = new Turn();
            lock.lock();
            try {
                idle.push(this);
            } finally {
                lock.unlock();
            }
        }

        private void work() {
            try {
                while (workOn(turn)) {
                    // And then the next.
                }
            } catch (InterruptedException e) {
                // Nobody does so while it rests.
                Thread.currentThread().interrupt();
            }
        }

        private boolean workOn(Turn next) throws InterruptedException {
            next.given.await();
            if (next.task != null) {
                next.task.run();
            }
            return next.task != null;
        }
    }
}
