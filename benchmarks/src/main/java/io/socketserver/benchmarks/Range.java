package io.socketserver.benchmarks;

import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/** The median of some values, and how far they lie apart. */
record Range(double median, double min, double max) {

    static Range of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Range(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** As {@code 2 (1–3)}, or as {@code 2} if there is no difference. */
    String format(DoubleFunction<String> number) {
        String middle = number.apply(median);
        return min == max ? middle : middle + " (" + number.apply(min) + "–" + number.apply(max) + ")";
    }
}
