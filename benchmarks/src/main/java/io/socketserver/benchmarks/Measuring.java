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
    private static final int FIRST_IDLE_CONNECTIONS = 500;

    Map<Metric, Double> measure(Program program, Work work) throws IOException, InterruptedException {
        try (ServerProcess server = launcher.start(program, work)) {
            return work.isIdle() ? measureMemory(program, work, server) : load.measure(work, server, warmup, seconds);
        }
    }

    private Map<Metric, Double> measureMemory(Program program, Work work, ServerProcess server)
            throws IOException, InterruptedException {
        // What a server needs once, and what its compiler does, is not to be counted for connections.
        load.measure(work.talking(WARM_UP_CONNECTIONS), server, warmup, seconds);
        load.whileOpen(work.resting(FIRST_IDLE_CONNECTIONS), server, () -> memory(program, server));
        Map<Metric, Double> before = memory(program, server);
        Map<Metric, Double> after = load.whileOpen(work, server, () -> memory(program, server));
        after.replaceAll((metric, bytes) -> (bytes - before.getOrDefault(metric, 0.0)) / work.connections());
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
