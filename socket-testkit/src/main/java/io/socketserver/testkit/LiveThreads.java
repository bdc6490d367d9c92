package io.socketserver.testkit;

import java.util.Arrays;
import java.util.List;

/** Lists threads, of which it looks at no stack, as to do so stops all of them. */
final class LiveThreads {

    private LiveThreads() {}

    /** The group of the runtime's own threads, and of all groups. */
    static ThreadGroup root() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return root;
    }

    /** All that live, but virtual ones. */
    static List<Thread> all() {
        ThreadGroup root = root();
        Thread[] found = new Thread[root.activeCount() + 16];
        int count = root.enumerate(found);
        while (count == found.length) {
            found = new Thread[2 * count];
            count = root.enumerate(found);
        }
        return Arrays.asList(found).subList(0, count);
    }
}
