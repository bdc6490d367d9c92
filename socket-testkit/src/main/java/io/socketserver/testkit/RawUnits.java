package io.socketserver.testkit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes, as many as are expected. */
final class RawUnits implements Units {

    @Override
    public byte[] encode(byte[] said) {
        return said;
    }

    @Override
    public @Nullable Unit next(byte[] unread, int expected, boolean over) {
        if (unread.length < expected) {
            return over ? new Unit(unread, unread.length) : null;
        }
        return new Unit(Arrays.copyOf(unread, expected), expected);
    }

    @Override
    public int needed(byte[] unread, int expected) {
        return expected;
    }
}
