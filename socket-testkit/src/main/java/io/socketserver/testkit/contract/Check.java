package io.socketserver.testkit.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Assertions, without any framework. */
final class Check {

    private Check() {}

    /** What is expected to fail. */
    interface Operation {
        void run() throws Exception;
    }

    static void that(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    static void equal(@Nullable Object expected, @Nullable Object actual, String what) {
        that(Objects.equals(expected, actual), what + ": expected " + expected + ", not " + actual);
    }

    static void fails(Class<? extends Exception> expected, Operation operation, String what)
            throws InterruptedException {
        Exception thrown = failure(operation);
        if (thrown instanceof InterruptedException interrupted && !expected.isInstance(thrown)) {
            throw interrupted;
        }
        if (!expected.isInstance(thrown)) {
            throw new AssertionError(
                    what + ": expected " + expected.getSimpleName() + ", not "
                            + (thrown == null ? "success" : thrown.toString()),
                    thrown);
        }
    }

    private static @Nullable Exception failure(Operation operation) {
        try {
            operation.run();
            return null;
        } catch (Exception e) {
            return e;
        }
    }
}
