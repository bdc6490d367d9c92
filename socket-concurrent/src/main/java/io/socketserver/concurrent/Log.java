package io.socketserver.concurrent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The system logger {@code io.socketserver.concurrent}, contained: what is logged is logged in trouble, of which the
 * logger may be a part, and it must not end what it tells of.
 */
final class Log {

    private static final Logger LOGGER = System.getLogger("io.socketserver.concurrent");

    private Log() {}

    static void log(Level level, String message) {
        log(level, message, null);
    }

    static void log(Level level, String message, @Nullable Throwable cause) {
        try {
            LOGGER.log(level, message, cause);
        } catch (Throwable t) {
            System.err.println(message);
            System.err.println(t);
        }
    }
}
