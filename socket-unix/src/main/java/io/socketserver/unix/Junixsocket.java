package io.socketserver.unix;

import io.socketserver.api.NoTransportException;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFSocket;

/** Tells whether the optional library is there, without which this module loads but has no datagrams. */
final class Junixsocket {

    private static final String NATIVE = "org.newsclub.lib.junixsocket.common.NarMetadata";
    private static final String CUSTOM = "org.newsclub.lib.junixsocket.custom.NarMetadata";
    private static final String OVERRIDE = "org.newsclub.net.unix.library.override";

    private Junixsocket() {}

    /** Does nothing if it is there; otherwise says what to add. */
    static void require() {
        boolean there;
        try {
            there = hasNativeCode() && AFSocket.isSupported();
        } catch (NoClassDefFoundError e) {
            throw missing(e);
        }
        if (!there) {
            throw missing(null);
        }
    }

    private static NoTransportException missing(@Nullable Throwable cause) {
        NoTransportException missing = new NoTransportException("no transport for 'unixgram:': Unix datagrams need"
                + " junixsocket for this system; add the modules org.newsclub.net.unix (junixsocket-common) and"
                + " com.kohlschutter.junixsocket.nativecommon (junixsocket-native-common), and name them in"
                + " module-info.java or by --add-modules");
        if (cause != null) {
            missing.initCause(cause);
        }
        return missing;
    }

    // Asked before the library itself, which prints a stack trace when it finds no native code.
    private static boolean hasNativeCode() {
        ClassLoader loader = AFSocket.class.getClassLoader();
        return System.getProperty(OVERRIDE) != null || found(NATIVE, loader) || found(CUSTOM, loader);
    }

    private static boolean found(String name, ClassLoader loader) {
        try {
            Class.forName(name, false, loader);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
