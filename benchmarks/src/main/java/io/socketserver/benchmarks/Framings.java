package io.socketserver.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Unmatched;

/** {@code benchmarks/run framings}. */
@Command(
        name = "framings",
        header = "Compares framings alone with Netty's decoders, by JMH.",
        description = {"", "Options are handed on to JMH; -h lists them.", ""})
final class Framings implements Callable<Integer> {

    @Unmatched
    private List<String> options = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-prof", "gc"));
        arguments.addAll(options);
        org.openjdk.jmh.Main.main(arguments.toArray(String[]::new));
        return ExitCode.OK;
    }
}
