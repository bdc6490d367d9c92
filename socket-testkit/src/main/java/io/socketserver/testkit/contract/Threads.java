package io.socketserver.testkit.contract;

import java.lang.reflect.Method;
import java.util.List;

/** The kinds of threads that a contract is run on: those of the platform, and virtual ones where the runtime has any. */
enum Threads {
    PLATFORM,
    VIRTUAL;

    /** Those that this runtime has. */
    static List<Threads> available() {
        return Runtime.version().feature() < 21 ? List.of(PLATFORM) : List.of(PLATFORM, VIRTUAL);
    }

    /** A daemon that is started. */
    Thread start(String name, Runnable body) {
        Thread thread = this == PLATFORM ? new Thread(body) : virtual(body);
        thread.setName(name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    // By reflection, since this is compiled for Java 17.
    private static Thread virtual(Runnable body) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Method unstarted = Class.forName("java.lang.Thread$Builder").getMethod("unstarted", Runnable.class);
            return (Thread) unstarted.invoke(builder, body);
        } catch (ReflectiveOperationException e) {
            throw new UnsupportedOperationException("this runtime has no virtual threads", e);
        }
    }
}
