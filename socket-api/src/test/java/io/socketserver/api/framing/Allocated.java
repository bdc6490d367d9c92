package io.socketserver.api.framing;

import java.lang.reflect.Method;

/** How much memory this thread has asked for so far; by reflection, since the module under test reads java.base only. */
final class Allocated {

    private final Object threads;
    private final Method bytes;

    private Allocated(Object threads, Method bytes) {
        this.threads = threads;
        this.bytes = bytes;
    }

    static Allocated meter() throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        Method bytes =
                Class.forName("com.sun.management.ThreadMXBean").getMethod("getThreadAllocatedBytes", long.class);
        return new Allocated(threads, bytes);
    }

    long bytes() throws ReflectiveOperationException {
        return (long) bytes.invoke(threads, Thread.currentThread().getId());
    }
}
