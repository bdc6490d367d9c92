package io.socketserver.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** All servers, one after the other, at all kinds of work, in rounds: what changes with time changes it for all. */
final class Comparison {

    private final Measuring measuring;
    private final List<Work> works;
    private final List<Program> programs;
    private final Results results = new Results();
    private boolean complete = true;

    Comparison(Measuring measuring, List<Work> works, List<Program> programs) {
        this.measuring = measuring;
        this.works = works;
        this.programs = programs;
    }

    void run(int rounds) throws InterruptedException {
        Progress progress = new Progress(System.err, rounds * turns());
        for (int round = 1; round <= rounds; round++) {
            for (Work work : works) {
                for (Program program : takingPart(work)) {
                    measure(work, program, round, progress);
                }
            }
        }
    }

    private int turns() {
        return works.stream().mapToInt(work -> takingPart(work).size()).sum();
    }

    private List<Program> takingPart(Work work) {
        return programs.stream().filter(program -> program.does().test(work)).toList();
    }

    private void measure(Work work, Program program, int round, Progress progress) throws InterruptedException {
        progress.begin(work, program);
        try {
            Map<Metric, Double> values = measuring.measure(program, work);
            results.add(new Results.Sample(work, program, round, values));
            progress.end(work, values);
        } catch (IOException e) {
            complete = false;
            progress.failed(e.toString());
        }
    }

    Results results() {
        return results;
    }

    /** Whether nothing has failed. */
    boolean isComplete() {
        return complete;
    }
}
