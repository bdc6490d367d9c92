package io.socketserver.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Says what is being measured, what came out, and how long all will take. */
final class Progress {

    private final PrintStream out;
    private final int total;
    private final long since = System.nanoTime();
    private int done;

    Progress(PrintStream out, int total) {
        this.out = out;
        this.total = total;
    }

    void begin(Work work, Program program) {
        out.printf(Locale.ROOT, "[%d/%d, %s left] %-14s %-38s", done + 1, total, left(), work.name(), program.title());
        out.flush();
    }

    void end(Work work, Map<Metric, Double> values) {
        done++;
        Metric metric = work.measure();
        out.println(metric.format(values.getOrDefault(metric, Double.NaN)) + " " + metric.title());
    }

    void failed(String reason) {
        done++;
        out.println("FAILED: " + reason);
    }

    private String left() {
        if (done == 0) {
            return "?";
        }
        Duration each = Duration.ofNanos(System.nanoTime() - since).dividedBy(done);
        Duration left = each.multipliedBy((long) total - done);
        return left.toMinutes() > 0 ? left.toMinutes() + " min" : left.toSeconds() + " s";
    }
}
