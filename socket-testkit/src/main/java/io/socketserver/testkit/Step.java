package io.socketserver.testkit;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one side of a script does, or is expected to do; as text it is a line of a transcript. */
sealed interface Step {

    /** How a line begins that says what the client does. */
    String CLIENT = "client> ";

    /** How a line begins that says what the handler is expected to do. */
    String SERVER = "server> ";

    /** Does it, in a script. */
    void on(Script script);

    /** Does it, in a script of datagrams; returns false if there is no such step. */
    boolean on(DatagramScript script);

    /** All of it, possibly on several lines. */
    default String lines() {
        return toString();
    }

    private static String lines(String side, byte[] bytes) {
        String indent = "\n" + " ".repeat(side.length());
        return side + Literal.lines(bytes).stream().collect(Collectors.joining(indent));
    }

    /** The client sends. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Send(byte[] bytes) implements Step {
        @Override
        public void on(Script script) {
            script.send(bytes);
        }

        @Override
        public boolean on(DatagramScript script) {
            script.send(bytes);
            return true;
        }

        @Override
        public String lines() {
            return Step.lines(CLIENT, bytes);
        }

        @Override
        public String toString() {
            return CLIENT + Literal.brief(bytes);
        }
    }

    /** The handler has sent. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Expect(byte[] bytes) implements Step {
        @Override
        public void on(Script script) {
            script.expect(bytes);
        }

        @Override
        public boolean on(DatagramScript script) {
            script.expect(bytes);
            return true;
        }

        @Override
        public String lines() {
            return Step.lines(SERVER, bytes);
        }

        @Override
        public String toString() {
            return SERVER + Literal.brief(bytes);
        }
    }

    /** The client does nothing for a while. */
    record Idle(Duration duration) implements Step {
        public Idle {
            if (duration.isNegative()) {
                throw new IllegalArgumentException("time does not go back, by " + duration);
            }
        }

        @Override
        public void on(Script script) {
            script.idle(duration);
        }

        @Override
        public boolean on(DatagramScript script) {
            return false;
        }

        @Override
        public String toString() {
            return CLIENT + "idle " + duration;
        }
    }

    /** The handler has thrown something. */
    record Fail(String type) implements Step {
        @Override
        public void on(Script script) {
            script.expectFailure(this);
        }

        @Override
        public boolean on(DatagramScript script) {
            script.expectFailure(this);
            return true;
        }

        /** Whether that is what is meant, or a special case of it. */
        boolean matches(@Nullable Throwable failure) {
            Class<?> thrown = failure == null ? null : failure.getClass();
            while (thrown != null && !thrown.getName().equals(type)) {
                thrown = thrown.getSuperclass();
            }
            return thrown != null;
        }

        @Override
        public String toString() {
            return SERVER + "fail " + type;
        }
    }

    /** What needs no more to be said. */
    enum Mark implements Step {
        CLIENT_END(CLIENT + "end", Script::endInput),
        CLIENT_CLOSE(CLIENT + "close", Script::close),
        CLIENT_RESET(CLIENT + "reset", Script::reset),
        SERVER_NOTHING(SERVER + "nothing", Script::expectNothing),
        SERVER_END(SERVER + "end", Script::expectOutputEnded),
        SERVER_CLOSE(SERVER + "close", Script::expectClosed);

        private final String line;

        @SuppressWarnings("ImmutableEnumChecker") // no lambda here has state
        private final Consumer<Script> action;

        Mark(String line, Consumer<Script> action) {
            this.line = line;
            this.action = action;
        }

        @Override
        public void on(Script script) {
            action.accept(script);
        }

        @Override
        public boolean on(DatagramScript script) {
            switch (this) {
                case CLIENT_CLOSE -> script.close();
                case SERVER_NOTHING -> script.expectNothing();
                default -> {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return line;
        }
    }
}
