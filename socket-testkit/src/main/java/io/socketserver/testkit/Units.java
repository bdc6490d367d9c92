package io.socketserver.testkit;

import org.jspecify.annotations.Nullable;

/** What a script says and expects at a time: bytes as they come, or messages. */
interface Units {

    /** What is sent to say this. */
    byte[] encode(byte[] said);

    /**
     * The next unit of what has come, if all of it is there.
     *
     * @param unread what has come and belongs to no unit before
     * @param expected how many bytes it should say
     * @param over whether nothing more comes
     */
    @Nullable
    Unit next(byte[] unread, int expected, boolean over);

    /** How many bytes have to be there, at least, before {@link #next} finds something. */
    int needed(byte[] unread, int expected);

    /**
     * What was said at a time.
     *
     * @param bytes what it says
     * @param length how many bytes it took to say that
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Unit(byte[] bytes, int length) {}
}
