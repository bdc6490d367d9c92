package io.socketserver.api;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The system logger {@code io.socketserver}, contained: what is logged is logged in trouble, of which the logger may be a
 * part, and it must not end what it tells of.
 */
final class Log {

    private static final Logger LOGGER = System.getLogger("io.socketserver");

    private Log() {}

    /**
     * Makes ready what would otherwise be loaded for the first record, when there may be no descriptor left to read a file
     * with: the JDK's own loggers then fail to tell the time, for want of the rules of its zone.
     */
    static void preload() {
        try {
            LOGGER.log(Level.TRACE, "times are those of {0}", ZoneId.systemDefault());
        } catch (Throwable t) {
            System.err.println(t);
        }
    }

    static void log(Level level, String message) {
        log(level, message, "", null);
    }

    static void log(Level level, String message, @Nullable Throwable cause) {
        log(level, message, "", cause);
    }

    /** Joins the parts itself, since there may be no memory to do it outside. */
    static void log(Level level, Object subject, String predicate, @Nullable Throwable cause) {
        try {
            LOGGER.log(level, subject + predicate, cause);
        } catch (Throwable t) {
            System.err.println(subject instanceof String ? subject : predicate);
            System.err.println(t);
        }
    }
}
