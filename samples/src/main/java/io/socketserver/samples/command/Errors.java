package io.socketserver.samples.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what went wrong in one line of standard error, and by the exit status: 2 for wrong usage, 1 for the rest. */
final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final Stdio stdio;

    Errors(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        stdio.error(complaint(failure) + "; try '" + command + " --help'");
        return ExitCode.USAGE;
    }

    private static String complaint(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        String message = inOurStyle(String.valueOf(failure.getMessage()));
        // By picocli's own command, which does not say what there is.
        return message.startsWith("unknown subcommand")
                ? message.replace("subcommand", "command") + ": " + expectedCommand(failure.getCommandLine())
                : message;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof IOException) {
            String message = failure.getMessage();
            stdio.error(message == null ? failure.toString() : message);
            return ExitCode.SOFTWARE;
        }
        // A bug, whose stack trace somebody will want to see.
        throw failure;
    }

    /** What the root command expects. */
    static String expectedCommand(CommandLine root) {
        Set<String> names = new TreeSet<>(root.getSubcommands().keySet());
        names.remove("help");
        return "expected " + Values.anyOf(names);
    }

    // Only the first: those that follow it may be no mistakes, but its values.
    private static String unmatched(UnmatchedArgumentException failure) {
        String argument = failure.getUnmatched().get(0);
        CommandLine command = failure.getCommandLine();
        if (argument.startsWith("-")) {
            List<String> similar = failure.getSuggestions();
            return "unknown option '" + argument + "'"
                    + (similar.isEmpty() ? "" : ": did you mean " + Values.anyOf(similar) + "?");
        }
        return command.getParent() == null
                ? "unknown command '" + argument + "': " + expectedCommand(command)
                : "unexpected argument '" + argument + "'";
    }

    private static String inOurStyle(String message) {
        String text = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
