package io.socketserver.benchmarks;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * How a server is measured: started anew, warmed up, and given the work.
 *
 * @param launcher starts servers
 * @param load gives them work
 * @param warmup so many seconds first
 * @param seconds how long it then is measured
 */
record Measuring(Launcher launcher, Load load, double warmup, double seconds) {

    private static final int WARM_UP_CONNECTIONS = 100;

    Map<Metric, Double> measure(Program program, Work work) throws IOException, InterruptedException {
        try (ServerProcess server = launcher.start(program, work)) {
            return work.isIdle() ? measureMemory(program, work, server) : load.measure(work, server, warmup, seconds);
        }
    }

    private Map<Metric, Double> measureMemory(Program program, Work work, ServerProcess server)
            throws IOException, InterruptedException {
        // From many connections to more: what a server needs once, or has reserved, is not to be counted for them.
        load.measure(work.talking(WARM_UP_CONNECTIONS), server, warmup, seconds);
        int few = work.connections() / 2;
        Map<Metric, Double> before = load.whileOpen(work.resting(few), server, () -> memory(program, server));
        Map<Metric, Double> after = load.whileOpen(work, server, () -> memory(program, server));
        int more = work.connections() - few;
        after.replaceAll((metric, bytes) -> (bytes - before.getOrDefault(metric, 0.0)) / more);
        return after;
    }

    private static Map<Metric, Double> memory(Program program, ServerProcess server)
            throws IOException, InterruptedException {
        Map<Metric, Double> bytes = new EnumMap<>(Metric.class);
        if (program.isJava()) {
            bytes.put(Metric.HEAP, (double) server.heap());
            server.shrink();
        }
        bytes.put(Metric.MEMORY, (double) server.memory());
        return bytes;
    }
}
