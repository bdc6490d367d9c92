package io.socketserver.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Results as tables in Markdown. */
final class Table {

    private static final List<Metric> OTHERS = List.of(Metric.P50, Metric.P99, Metric.CPU, Metric.LOAD);
    private static final double BUSY = 0.95;

    private final Results results;

    Table(Results results) {
        this.results = results;
    }

    String text(String machine) {
        StringBuilder text = new StringBuilder("# Benchmarks\n\n" + machine + ". Medians of " + results.rounds()
                + " rounds, (least–most) of them. The last columns say how many times as much this SDK's event loop, or its"
                + " virtual threads, make of it as the server of the row, round by round.\n");
        for (Work work : results.works()) {
            text.append("\n## ")
                    .append(work.name())
                    .append(": ")
                    .append(work.title())
                    .append("\n\n");
            rows(work).forEach(row -> text.append(row).append('\n'));
        }
        return text.append(remarks()).toString();
    }

    private Stream<String> rows(Work work) {
        List<Metric> others = work.isIdle() ? List.of(Metric.HEAP) : OTHERS;
        List<String> head = new ArrayList<>(List.of("server", work.measure().title()));
        others.forEach(metric -> head.add(metric.title()));
        head.add("loop ÷ it");
        head.add(work.isIdle() ? "loop's heap ÷ its" : "loop's CPU ÷ its");
        head.add("virtual ÷ it");
        Stream<String> rows = results.programs(work).stream().map(program -> line(cells(work, program, others)));
        String rule = "| --- |" + " ---: |".repeat(head.size() - 1);
        return Stream.concat(Stream.of(line(head), rule), rows);
    }

    private List<String> cells(Work work, Program program, List<Metric> others) {
        Metric measure = work.measure();
        List<String> cells = new ArrayList<>();
        cells.add(program.ours() ? "**" + program.title() + "**" : program.title());
        cells.add(results.range(work, program, measure)
                .map(range -> range.format(measure::format))
                .orElse(""));
        for (Metric metric : others) {
            cells.add(results.range(work, program, metric)
                    .map(range -> metric.format(range.median())
                            + (metric == Metric.LOAD && range.median() > BUSY ? " ⚠" : ""))
                    .orElse(""));
        }
        cells.add(ratio(work, Program.LOOP, program, measure));
        cells.add(ratio(work, Program.LOOP, program, work.isIdle() ? Metric.HEAP : Metric.CPU));
        cells.add(ratio(work, Program.VIRTUAL, program, measure));
        return cells;
    }

    private String ratio(Work work, String ours, Program program, Metric metric) {
        Optional<Program> one = Program.ALL.stream()
                .filter(candidate -> candidate.key().equals(ours))
                .findFirst();
        if (one.isEmpty() || one.get().equals(program)) {
            return "";
        }
        return results.ratio(work, one.get(), program, metric)
                .map(range -> range.format(value -> String.format(Locale.ROOT, "%.2f", value)))
                .orElse("");
    }

    private String remarks() {
        List<String> remarks = new ArrayList<>();
        remarks.add("⚠: the load used all of its processor, so the server could do more than is told here; its CPU"
                + " per request is right nevertheless.");
        long disturbed = results.disturbed();
        if (disturbed > 0) {
            remarks.add(disturbed + " of " + results.samples().size()
                    + " measurements were disturbed: something else used the load's processor meanwhile.");
        }
        return "\n" + String.join("\n\n", remarks) + "\n";
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
