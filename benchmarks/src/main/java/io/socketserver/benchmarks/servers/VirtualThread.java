package io.socketserver.benchmarks.servers;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** Starts virtual threads, which the code is compiled without knowing of. */
final class VirtualThread {

    private static final MethodHandle START = find();

    private VirtualThread() {}

    private static MethodHandle find() {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(Thread.class, "startVirtualThread", methodType(Thread.class, Runnable.class));
        } catch (ReflectiveOperationException e) {
            throw new UnsupportedOperationException("virtual threads need Java 21", e);
        }
    }

    static void start(Runnable task) {
        try {
            Thread started = (Thread) START.invokeExact(task);
            assert started.isDaemon();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
