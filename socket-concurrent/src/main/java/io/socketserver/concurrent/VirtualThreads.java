package io.socketserver.concurrent;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Virtual threads, which this is compiled without: Java has them from 21 on. */
final class VirtualThreads {

    private static final @Nullable MethodHandle FACTORY = find();

    private VirtualThreads() {}

    static boolean available() {
        return FACTORY != null;
    }

    /** Makes virtual threads of such names. */
    static ThreadFactory named(String name) {
        MethodHandle factory = FACTORY;
        if (factory == null) {
            throw new UnsupportedOperationException("virtual threads need Java 21 or later, and this is "
                    + Runtime.version().feature() + ": use Dispatchers.best(), which takes them where they are, or"
                    + " Dispatchers.threads() or Dispatchers.pool()");
        }
        try {
            return (ThreadFactory) factory.invoke(name + '-', 1L);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("virtual threads cannot be made", e);
        }
    }

    // Thread.ofVirtual().name(prefix, start).factory()
    private static @Nullable MethodHandle find() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandle begin = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder));
            MethodHandle name =
                    lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class, long.class));
            MethodHandle factory = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
            return MethodHandles.filterReturnValue(MethodHandles.foldArguments(name, begin), factory);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
