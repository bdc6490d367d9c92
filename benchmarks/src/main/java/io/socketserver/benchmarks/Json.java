package io.socketserver.benchmarks;

import java.util.Map;
import java.util.stream.Collectors;

/** Every measurement as JSON, for programs. */
final class Json {

    private Json() {}

    static String of(Results results, String machine) {
        String samples = results.samples().stream().map(Json::sample).collect(Collectors.joining(",\n    "));
        return "{\n  \"machine\": " + quoted(machine) + ",\n  \"measurements\": [\n    " + samples + "\n  ]\n}\n";
    }

    private static String sample(Results.Sample sample) {
        String values = sample.values().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> quoted(entry.getKey().key()) + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
        return "{\"work\": " + quoted(sample.work().name()) + ", \"server\": "
                + quoted(sample.program().title()) + ", \"round\": " + sample.round() + ", " + values + "}";
    }

    // None of our texts holds what JSON would want in another way.
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
