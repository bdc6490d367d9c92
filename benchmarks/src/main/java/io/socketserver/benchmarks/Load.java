package io.socketserver.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The load, run against a server. */
final class Load {

    private final Machine machine;
    private final String program;

    Load(Machine machine, String program) {
        this.machine = machine;
        this.program = program;
    }

    /** Works for so many seconds, the first ones of which do not count. */
    Map<Metric, Double> measure(Work work, ServerProcess server, double warmup, double seconds)
            throws IOException, InterruptedException {
        Process process =
                start(work, server, Double.toString(warmup), Double.toString(seconds), Long.toString(server.pid()));
        try {
            return parse(firstLine(process));
        } finally {
            end(process);
        }
    }

    /** Something to do while connections are open. */
    @FunctionalInterface
    interface Look<T> {
        T run() throws IOException, InterruptedException;
    }

    /** Opens the connections, each of which is served once, and keeps them for as long as that takes. */
    <T> T whileOpen(Work work, ServerProcess server, Look<T> look) throws IOException, InterruptedException {
        Process process = start(work, server);
        try {
            firstLine(process);
            return look.run();
        } finally {
            end(process);
        }
    }

    private Process start(Work work, ServerProcess server, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                program,
                work.mode(),
                server.address(),
                Integer.toString(work.connections()),
                Integer.toString(work.bytes()),
                Integer.toString(work.depth())));
        command.addAll(List.of(more));
        return new ProcessBuilder(machine.onLoadsProcessor(command)).start();
    }

    private static String firstLine(Process process) throws IOException {
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        if (line == null) {
            String reason = new String(process.getErrorStream().readAllBytes(), UTF_8);
            throw new IOException("the load has failed: " + reason.strip());
        }
        return line;
    }

    private static void end(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        process.waitFor();
    }

    private static Map<Metric, Double> parse(String line) {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            for (String pair : line.split(" ", -1)) {
                if (pair.startsWith(metric.key() + "=")) {
                    values.put(
                            metric, Double.valueOf(pair.substring(metric.key().length() + 1)));
                }
            }
        }
        return values;
    }
}
