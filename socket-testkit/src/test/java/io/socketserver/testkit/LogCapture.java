package io.socketserver.testkit;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps the server's log, and keeps it off the console. By reflection: this module does not read java.logging. */
final class LogCapture implements AutoCloseable {

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final AtomicInteger traces = new AtomicInteger();
    private final Object logger;

    LogCapture() {
        try {
            Class<?> type = Class.forName("java.util.logging.Logger");
            logger = type.getMethod("getLogger", String.class).invoke(null, "io.socketserver");
            Class<?> filter = Class.forName("java.util.logging.Filter");
            filter(Proxy.newProxyInstance(filter.getClassLoader(), new Class<?>[] {filter}, (proxy, method, args) -> {
                Method getMessage = args[0].getClass().getMethod("getMessage");
                messages.add((String) getMessage.invoke(args[0]));
                if (args[0].getClass().getMethod("getThrown").invoke(args[0]) != null) {
                    traces.incrementAndGet();
                }
                return false;
            }));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("java.logging is not as expected", e);
        }
    }

    List<String> messages() {
        return messages;
    }

    /** How many of them have a stack trace. */
    int traces() {
        return traces.get();
    }

    @Override
    public void close() {
        try {
            filter(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("java.logging is not as expected", e);
        }
    }

    private void filter(Object filter) throws ReflectiveOperationException {
        Class<?> type = Class.forName("java.util.logging.Filter");
        logger.getClass().getMethod("setFilter", type).invoke(logger, filter);
    }
}
