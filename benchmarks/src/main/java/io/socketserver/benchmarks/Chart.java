package io.socketserver.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Results as a picture: a group of bars for each work, the longest of which has full length. */
final class Chart {

    private static final Set<String> SHOWN =
            Set.of("pingpong-100", "pingpong-10000", "lines", "accept", "unix", "idle");

    private static final int WIDTH = 820;
    private static final int NAMES = 280;
    private static final int BARS = 400;
    private static final int ROW = 22;
    private static final int TITLE = 40;

    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #57606a }
              .title { font-weight: 600; font-size: 14px; fill: #24292f }
              .ours { fill: #1f6feb }
              .peer { fill: #afb8c1 }
              @media (prefers-color-scheme: dark) {
                text { fill: #9198a1 }
                .title { fill: #f0f6fc }
                .ours { fill: #4493f8 }
                .peer { fill: #656c76 }
              }
            </style>
            """;

    private final Results results;
    private final StringBuilder body = new StringBuilder();
    private int y;

    private Chart(Results results) {
        this.results = results;
    }

    static String of(Results results) {
        Chart chart = new Chart(results);
        results.works().stream().filter(work -> SHOWN.contains(work.name())).forEach(chart::group);
        return chart.head() + STYLE + chart.body + "</svg>\n";
    }

    private String head() {
        int height = y + ROW / 2;
        return String.format("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
                <title>This SDK and its peers</title>
                """, WIDTH, height);
    }

    private void group(Work work) {
        Metric metric = work.measure();
        y += TITLE;
        text(
                "title",
                0,
                y - 12,
                "start",
                work.title() + ": " + metric.title() + (metric.moreIsBetter() ? "" : ", less is better"));
        List<Program> programs = results.programs(work);
        double longest = programs.stream()
                .mapToDouble(program -> median(work, program))
                .max()
                .orElse(1);
        for (Program program : programs) {
            double value = median(work, program);
            int length = (int) Math.max(1, Math.round(BARS * value / longest));
            text("", NAMES - 10, y + 15, "end", program.title());
            body.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\"/>%n",
                    program.ours() ? "ours" : "peer",
                    NAMES,
                    y + 3,
                    length,
                    ROW - 6));
            text("", NAMES + length + 8, y + 15, "start", metric.format(value));
            y += ROW;
        }
    }

    private double median(Work work, Program program) {
        return results.range(work, program, work.measure()).map(Range::median).orElse(0.0);
    }

    private void text(String style, int x, int baseline, String anchor, String text) {
        body.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                style,
                x,
                baseline,
                anchor,
                text));
    }
}
