package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rates that docs/choosing-a-strategy.md tells are those of the chart, which a run of the benchmarks has drawn. */
class FiguresTest {

    private static final Pattern RATE = Pattern.compile("\\d{1,3}(,\\d{3})+(?= \\|)");

    @Test
    void ratesAreInTheChart() throws IOException {
        Page page = Page.of("choosing-a-strategy");
        List<String> rates =
                RATE.matcher(page.text()).results().map(MatchResult::group).toList();
        String chart = Files.readString(page.file().resolveSibling("speed.svg"));
        assertThat(rates)
                .hasSizeGreaterThan(10)
                .allSatisfy(rate -> assertThat(chart).contains(">" + rate + "<"));
    }
}
