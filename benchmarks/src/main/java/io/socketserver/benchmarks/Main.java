package io.socketserver.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code benchmarks/run}. */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        header = "Compares the SDK with its peers, all in one run.",
        description = {
            "",
            "Each round gives each kind of work to each server in turn. Prints a table; leaves it, all measurements and"
                    + " a picture in the folder of the results.",
            ""
        },
        footer = {"", "Exit status: 0 all was measured, 1 some was not, 2 wrong usage."})
public final class Main implements Callable<Integer> {

    @Option(names = "--quick", description = "One short round: does it work, and roughly what comes out?")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "WORK",
            description = "Only this work, such as lines or pingpong; see README.md.")
    private List<String> only = List.of();

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "SERVER",
            description = "Only these: loop, virtual, limits, timeouts, epoll, nio, bare, python, c.")
    private List<String> servers = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "How many rounds, 3 unless --quick is set.")
    private int rounds;

    @Option(names = "--warmup", paramLabel = "SECONDS", description = "How long each server warms up, 5 by default.")
    private double warmup;

    @Option(names = "--seconds", paramLabel = "SECONDS", description = "How long each is measured, 3 by default.")
    private double seconds;

    @Option(names = "--output", paramLabel = "FOLDER", description = "Where the results go: ${DEFAULT-VALUE}.")
    private Path output = Path.of(System.getProperty("benchmarks.home"), "target", "results");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private Main() {}

    /**
     * Runs the command and ends the process.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        // A run that is broken off leaves no server behind.
        Runtime.getRuntime().addShutdownHook(new Thread(Main::endChildren));
        CommandLine command = new CommandLine(new Main()).addSubcommand(new Framings());
        command.setExecutionExceptionHandler((failure, source, parsed) -> {
            System.err.println("benchmarks/run: " + failure.getMessage());
            return ExitCode.SOFTWARE;
        });
        System.exit(command.execute(args));
    }

    private static void endChildren() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Work> works = chosen(Work.ALL, only, Work::isCalled, "work");
        List<Program> programs =
                chosen(Program.ALL, servers, (program, name) -> program.key().equals(name), "server");
        Path home = Path.of(System.getProperty("benchmarks.home"));
        Path scratch = home.resolve("target").resolve("scratch");
        Machine machine = new Machine();
        Tools tools = new Tools(home, scratch);
        tools.compile();
        Launcher launcher = new Launcher(machine, tools, scratch);
        Measuring measuring = new Measuring(
                launcher,
                new Load(machine, tools.program("load")),
                orElse(warmup, quick ? 2 : 5),
                orElse(seconds, quick ? 1 : 3));
        Comparison comparison = new Comparison(measuring, works, able(launcher, programs));
        comparison.run((int) orElse(rounds, quick ? 1 : 3));
        write(comparison.results(), machine.description());
        return comparison.isComplete() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static double orElse(double given, double usual) {
        return given > 0 ? given : usual;
    }

    /** Whether something is meant by a name. */
    private interface Named<T> {
        boolean isCalled(T one, String name);
    }

    private <T> List<T> chosen(List<T> all, List<String> names, Named<T> named, String kind) {
        for (String name : names) {
            if (all.stream().noneMatch(one -> named.isCalled(one, name))) {
                throw new ParameterException(spec.commandLine(), "no such " + kind + ": " + name);
            }
        }
        return all.stream()
                .filter(one -> names.isEmpty() || names.stream().anyMatch(name -> named.isCalled(one, name)))
                .toList();
    }

    private static List<Program> able(Launcher launcher, List<Program> programs) {
        List<Program> able = new ArrayList<>();
        for (Program program : programs) {
            launcher.obstacle(program)
                    .ifPresentOrElse(
                            obstacle -> System.err.println("without " + program.title() + ": " + obstacle),
                            () -> able.add(program));
        }
        return able;
    }

    private void write(Results results, String machine) throws IOException {
        Files.createDirectories(output);
        String table = new Table(results).text(machine);
        Files.writeString(output.resolve("results.md"), table);
        Files.writeString(output.resolve("results.json"), Json.of(results, machine));
        Files.writeString(output.resolve("chart.svg"), Chart.of(results));
        System.out.println(table);
        System.err.println("results are in " + output);
    }
}
