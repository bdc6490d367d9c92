package io.socketserver.testkit;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** What faulty transports leave behind, kept so that a test can clean up after them. */
final class Leaks {

    private static final Queue<AutoCloseable> LEFT = new ConcurrentLinkedQueue<>();

    private Leaks() {}

    static void thread() {
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "leaked");
        thread.start();
        LEFT.add(() -> {
            end.countDown();
            thread.join();
        });
    }

    static void descriptor() throws IOException {
        LEFT.add(SocketChannel.open());
    }

    static void clean() throws Exception {
        for (AutoCloseable left = LEFT.poll(); left != null; left = LEFT.poll()) {
            left.close();
        }
    }
}
