package io.socketserver.samples.command;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code socketserver connect}. */
@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        header = "Sends each line of standard input to a server and prints each answer.",
        description = {
            "",
            "Ends at an empty line or at the end of input. On a stream each line is sent with its line feed, and an"
                    + " answer is what the server sends back at once; otherwise each line is a datagram without"
                    + " one, and each answer is a datagram. An answer is printed with exactly one line ending.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  socketserver connect tcp://localhost:8080",
            "  echo hello | socketserver connect udp://localhost:8080 --timeout 5s",
            "  socketserver connect unix:/run/app.sock",
            "",
            "Exit status: 0 every line was answered; 1 it cannot connect, or a line got no answer since the server"
                    + " closed the connection, is not there, or took too long; 2 wrong usage."
        })
final class Connect implements Callable<Integer> {

    private final Stdio stdio;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli, as are the parameters
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URI",
            description = "The server's address: tcp://host:port, udp://host:port, unix:/path or unixgram:/path.")
    @SuppressWarnings("NullAway.Init")
    private String address;

    @Option(
            names = "--send-empty",
            description =
                    "Send an empty line like any other, as an empty datagram say, and end at the end of input only.")
    private boolean sendEmpty;

    @Option(
            names = "--timeout",
            paramLabel = "D",
            description = "How long to wait for the connection, and then for each answer, such as 400ms, 5s, 2m or 1h."
                    + " Default: for ever.")
    private Duration timeout = Duration.ZERO;

    Connect(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() throws IOException {
        try (Peer server = connect()) {
            new Conversation(server, stdio, sendEmpty).run();
        }
        return 0;
    }

    private Peer connect() throws IOException {
        try {
            return Peer.of(Address.parse(address), timeout);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
