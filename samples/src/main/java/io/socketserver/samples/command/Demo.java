package io.socketserver.samples.command;

import io.socketserver.api.NoTransportException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code socketserver demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        header = "Runs every sample program over real sockets and checks each reply.",
        description = {
            "",
            "Prints each conversation: lines of 'client>' and 'server>' go over the network, lines of 'server|' are"
                    + " what the server prints itself. Needs no network but this machine's own.",
            ""
        },
        footer = {"", "Exit status: 0 every reply was right, 1 some were not and are named."})
final class Demo implements Callable<Integer> {

    private static final List<DemoProgram> PROGRAMS = List.of(
            new TimeDemo(),
            new HookedTimeDemo(),
            new UpperDemo(),
            new UdpTimeDemo(),
            new UdpUpperDemo(),
            new TransportsDemo());

    private final Stdio stdio;
    private final List<DemoProgram> programs;

    Demo(Stdio stdio) {
        this(stdio, PROGRAMS);
    }

    Demo(Stdio stdio, List<DemoProgram> programs) {
        this.stdio = stdio;
        this.programs = programs;
    }

    @Override
    public Integer call() throws InterruptedException {
        Transcript transcript = new Transcript(stdio);
        for (DemoProgram program : programs) {
            transcript.begin(program.title());
            try {
                program.run(transcript);
            } catch (IOException | NoTransportException e) {
                transcript.check(false, e.toString());
            }
        }
        stdio.print("");
        for (String wrong : transcript.wrong()) {
            stdio.error("wrong in " + wrong);
        }
        if (!transcript.wrong().isEmpty()) {
            return ExitCode.SOFTWARE;
        }
        stdio.print("all right: " + programs.size() + " programs, " + transcript.replies() + " replies");
        return ExitCode.OK;
    }
}
