package io.socketserver.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private static final Work LINES =
            Work.ALL.stream().filter(Work::isLines).findFirst().orElseThrow();

    private final Program ours = Program.ALL.get(0);
    private final Program peer = Program.ALL.stream()
            .filter(program -> !program.ours() && program.does().test(LINES))
            .findFirst()
            .orElseThrow();
    private final Results results = new Results();

    @Test
    void aMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        measured(ours, 40, 10, 20, 100);

        assertThat(results.range(LINES, ours, Metric.RATE)).contains(new Range(30, 10, 100));
    }

    @Test
    void aRatioIsTakenRoundByRound() {
        measured(ours, 10, 300, 40);
        measured(peer, 10, 100, 10);

        assertThat(results.ratio(LINES, ours, peer, Metric.RATE)).contains(new Range(3, 1, 4));
    }

    @Test
    void aRoundInWhichOneHasFailedDoesNotCount() {
        results.add(new Results.Sample(LINES, ours, 1, Map.of(Metric.RATE, 5.0)));
        measured(peer, 10, 100);

        assertThat(results.ratio(LINES, ours, peer, Metric.RATE)).contains(new Range(0.5, 0.5, 0.5));
    }

    @Test
    void whatWasNotMeasuredIsNotInTheTable() {
        measured(peer, 10);

        assertThat(new Table(results).text("a machine"))
                .contains(peer.title())
                .contains(LINES.title())
                .doesNotContain(ours.title())
                .doesNotContain("pingpong");
        assertThat(results.ratio(LINES, ours, peer, Metric.RATE)).isEmpty();
    }

    @Test
    void theLongestBarIsTheLargestMedian() {
        measured(ours, 200);
        measured(peer, 100);

        assertThat(Chart.of(results))
                .containsPattern("class=\"ours\"[^>]* width=\"400\"")
                .containsPattern("class=\"peer\"[^>]* width=\"200\"");
    }

    private void measured(Program program, double... rates) {
        for (int round = 1; round <= rates.length; round++) {
            results.add(new Results.Sample(LINES, program, round, Map.of(Metric.RATE, rates[round - 1])));
        }
    }
}
