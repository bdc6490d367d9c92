package io.socketserver.testkit;

import java.time.Duration;

/** What happens to one connection, and when. */
sealed interface Accident {

    /** Which connection, as {@code client#3}. */
    String connection();

    /** Who has sent so many bytes that the rest does not arrive: the connection is reset, or that direction just ends. */
    record AtByte(String connection, Side side, long count, boolean reset) implements Accident {}

    /** It is reset so long after it was made. */
    record After(String connection, Duration time) implements Accident {}

    /** It is reset before it is accepted, and accepting fails. */
    record BeforeAccept(String connection) implements Accident {}
}
