package io.socketserver.testkit;

import java.util.Objects;

/** What happens to one connection, and when; as text the call that adds it to a plan. */
sealed interface Accident {

    /** Which connection, as {@code client#3}. */
    String connection();

    private static void requireName(String connection) {
        String name = Objects.requireNonNull(connection, "connection");
        if (!name.matches("(?s).+#[1-9]\\d*") || name.startsWith("memory:")) {
            throw new IllegalArgumentException(
                    "a connection is named as in a transcript, like client#3, not " + connection);
        }
    }

    /** Who has sent so many bytes that the rest does not arrive: the connection is reset, or that direction just ends. */
    record AtByte(String connection, Side side, long count, boolean reset) implements Accident {
        public AtByte {
            requireName(connection);
            Objects.requireNonNull(side, "side");
            if (count < 0) {
                throw new IllegalArgumentException("so many bytes as " + count + " never arrive");
            }
        }

        @Override
        public String toString() {
            return (reset ? "resetAt" : "endAt") + "(\"" + connection + "\", " + side.name() + ", " + count + ")";
        }
    }

    /** It is reset so many nanoseconds after it was made. */
    record After(String connection, long time) implements Accident {
        public After {
            requireName(connection);
        }

        @Override
        public String toString() {
            return "resetAfter(\"" + connection + "\", " + Span.text(time) + ")";
        }
    }

    /** It is reset before it is accepted, and accepting fails. */
    record BeforeAccept(String connection) implements Accident {
        public BeforeAccept {
            requireName(connection);
        }

        @Override
        public String toString() {
            return "abort(\"" + connection + "\")";
        }
    }
}
