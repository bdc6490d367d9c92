package io.socketserver.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All that was measured, and what follows from it. */
final class Results {

    /** One measurement. */
    record Sample(Work work, Program program, int round, Map<Metric, Double> values) {}

    // Of the time; more than a quiet machine ever shows.
    private static final double DISTURBED = 0.05;

    private final List<Sample> samples = new ArrayList<>();

    void add(Sample sample) {
        samples.add(sample);
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    List<Work> works() {
        return Work.ALL.stream().filter(work -> !programs(work).isEmpty()).toList();
    }

    List<Program> programs(Work work) {
        return Program.ALL.stream()
                .filter(program ->
                        values(work, program, work.measure()).findAny().isPresent())
                .toList();
    }

    /** Of all rounds, or nothing if it was not measured. */
    Optional<Range> range(Work work, Program program, Metric metric) {
        double[] values = values(work, program, metric).toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Range.of(DoubleStream.of(values)));
    }

    /** How many times the one's value is the other's, round by round; nothing if they have no round in common. */
    Optional<Range> ratio(Work work, Program one, Program other, Metric metric) {
        double[] ratios = IntStream.rangeClosed(1, rounds())
                .mapToObj(round -> value(work, one, metric, round)
                        .flatMap(a -> value(work, other, metric, round).map(b -> a / b)))
                .flatMap(Optional::stream)
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .toArray();
        return ratios.length == 0 ? Optional.empty() : Optional.of(Range.of(DoubleStream.of(ratios)));
    }

    /** In how many measurements something else has used the load's processor. */
    long disturbed() {
        return samples.stream()
                .filter(sample -> sample.values().getOrDefault(Metric.WAITED, 0.0) > DISTURBED)
                .count();
    }

    int rounds() {
        return samples.stream().mapToInt(Sample::round).max().orElse(0);
    }

    private Optional<Double> value(Work work, Program program, Metric metric, int round) {
        return samples.stream()
                .filter(sample -> sample.round() == round && isOf(sample, work, program))
                .findFirst()
                .flatMap(sample -> Optional.ofNullable(sample.values().get(metric)));
    }

    private DoubleStream values(Work work, Program program, Metric metric) {
        return samples.stream()
                .filter(sample -> isOf(sample, work, program))
                .flatMap(sample -> Stream.ofNullable(sample.values().get(metric)))
                .mapToDouble(Double::doubleValue);
    }

    private static boolean isOf(Sample sample, Work work, Program program) {
        return sample.work().equals(work) && sample.program().equals(program);
    }
}
