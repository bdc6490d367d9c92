package io.socketserver.concurrent;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what children have said, and keeps it off the console. By reflection: java.logging is not read here. */
final class ChildLog implements AutoCloseable {

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final Object logger;

    ChildLog() {
        this(false);
    }

    private ChildLog(boolean failing) {
        try {
            Class<?> type = Class.forName("java.util.logging.Logger");
            logger = type.getMethod("getLogger", String.class).invoke(null, "io.socketserver.concurrent");
            Class<?> filter = Class.forName("java.util.logging.Filter");
            filter(Proxy.newProxyInstance(filter.getClassLoader(), new Class<?>[] {filter}, (proxy, method, args) -> {
                Method getMessage = args[0].getClass().getMethod("getMessage");
                messages.add((String) getMessage.invoke(args[0]));
                if (failing) {
                    throw new IllegalStateException("no log");
                }
                return false;
            }));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("java.logging is not as expected", e);
        }
    }

    /** Fails after it has kept a message. */
    static ChildLog failing() {
        return new ChildLog(true);
    }

    /** The next message, without the child's name and number. */
    String next() throws InterruptedException {
        String message = messages.poll(20, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("nothing was logged");
        }
        return message.replaceFirst("^\\S+ \\(pid \\d+\\)", "child");
    }

    boolean isEmpty() {
        return messages.isEmpty();
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
