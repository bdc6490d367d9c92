package io.socketserver.benchmarks;

import java.util.Locale;

/** What is measured. */
enum Metric {
    /** Requests answered in a second. */
    RATE("requests/s", 0, true),
    /** How long half of the requests took at most; of pipelined ones, all that went out together. */
    P50("p50 µs", 1, false),
    /** How long 99 of 100 took at most. */
    P99("p99 µs", 1, false),
    /** The server's processor time for a request. */
    CPU("CPU µs", 2, false),
    /** The share that the load used of the time for which it had its processor: what it is from being the limit itself. */
    LOAD("load's CPU", 2, false),
    /** The share of the time for which the load had to wait for its processor, which it should have to itself. */
    WAITED("waited", 2, false),
    /** By how many bytes the server's resident memory has grown for a connection. */
    MEMORY("resident bytes/connection", 0, false),
    /** By how many bytes the objects that a Java server holds have grown for a connection. */
    HEAP("heap bytes/connection", 0, false);

    private final String title;
    private final int digits;
    private final boolean moreIsBetter;

    Metric(String title, int digits, boolean moreIsBetter) {
        this.title = title;
        this.digits = digits;
        this.moreIsBetter = moreIsBetter;
    }

    String title() {
        return title;
    }

    /** The name in the load's output, and in files. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean moreIsBetter() {
        return moreIsBetter;
    }

    String format(double value) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
