package io.socketserver.samples.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code socketserver}. */
@Command(
        name = Main.NAME,
        header = "Network servers in one line.",
        description = {"", "Runs the sample servers and talks to them.", ""},
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        footer = {
            "",
            "Examples:",
            "  socketserver demo",
            "  socketserver serve tcp://localhost:8080 --handler upper",
            "  socketserver connect tcp://localhost:8080",
            "",
            "'socketserver help COMMAND' tells more of each command."
        })
public final class Main implements Runnable {

    static final String NAME = "socketserver";

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
        System.exit(commandLine(Stdio.system()).execute(args));
    }

    static CommandLine commandLine(Stdio stdio) {
        Errors errors = new Errors(stdio);
        CommandLine commands = new CommandLine(new Main())
                .addSubcommand(new Demo(stdio))
                .addSubcommand(new Serve(stdio))
                .addSubcommand(new Connect(stdio))
                .addSubcommand(new HelpCommand());
        return commands.registerConverter(Duration.class, Durations::parse)
                .registerConverter(Integer.class, Values::wholeNumber)
                .registerConverter(HandlerChoice.class, Values.oneOf(HandlerChoice.class))
                .registerConverter(Concurrency.class, Values.oneOf(Concurrency.class))
                .registerConverter(FramingChoice.class, FramingChoice::parse)
                .registerConverter(LimitOptions.Excess.class, Values.oneOf(LimitOptions.Excess.class))
                // An argument that begins with @ is an argument, not the name of a file of arguments.
                .setExpandAtFiles(false)
                .setOut(new PrintWriter(stdio.out(), true, UTF_8))
                .setErr(new PrintWriter(stdio.err(), true, UTF_8))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "missing command: " + Errors.expectedCommand(spec.commandLine()));
    }

    /** Tells the version of this module, which the image keeps. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            var module = Main.class.getModule().getDescriptor();
            String version = module == null ? "unknown" : module.rawVersion().orElse("unknown");
            return new String[] {NAME + " " + version};
        }
    }
}
