package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rates that docs/choosing-a-strategy.md tells are those of the chart, which a run of the benchmarks has drawn. */
class FiguresTest {

    private static final Page PAGE = Page.of("choosing-a-strategy");
    private static final Pattern TEXT = Pattern.compile("<text class=\"(\\w*)\".* text-anchor=\"(\\w+)\">(.*)</text>");

    /** One bar of the chart: what was measured, of whom, and what came out. */
    private record Bar(String work, String server, String rate) {

        /** Whether a table has it in the column and the row in which it belongs. */
        boolean belongs(String column, String row) {
            return List.of(work.split("\\W+")).containsAll(List.of(column.split("\\W+")))
                    && List.of(row.split("\\W+")).containsAll(List.of(server.split("\\W+")));
        }
    }

    @Test
    void ratesAreThoseOfTheChart() throws IOException {
        List<Bar> bars = bars();
        List<String[]> table = PAGE.text()
                .lines()
                .dropWhile(line -> !line.equals("## Measured"))
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\s*\\|\\s*"))
                .toList();
        List<String> rates = new ArrayList<>();
        for (String[] row : table.subList(2, table.size())) {
            for (int i = 2; i < row.length; i++) {
                String column = table.get(0)[i];
                String rate = row[i];
                assertThat(bars)
                        .as("%s of %s: %s", column, row[1], rate)
                        .anyMatch(bar -> bar.rate.equals(rate) && bar.belongs(column, row[1]));
                rates.add(rate);
            }
        }
        assertThat(rates).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    }

    private static List<Bar> bars() throws IOException {
        String chart = Files.readString(PAGE.file().resolveSibling("speed.svg"));
        List<Bar> bars = new ArrayList<>();
        String work = "";
        String server = "";
        for (MatchResult text : TEXT.matcher(chart).results().toList()) {
            if (text.group(1).equals("title")) {
                work = text.group(3);
            } else if (text.group(2).equals("end")) {
                server = text.group(3).replace("SDK, ", "");
            } else {
                bars.add(new Bar(work, server, text.group(3)));
            }
        }
        return bars;
    }
}
