package io.socketserver.samples.command;

import io.socketserver.api.Endpoint;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.ServerBuilder;
import io.socketserver.api.ShutdownHook;
import io.socketserver.api.Transports;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code socketserver serve}. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        header = "Serves clients at an address until it is told to stop.",
        description = {
            "",
            "The first line on standard output is 'listening on URI', with the port that was picked for port 0."
                    + " SIGTERM or Ctrl-C stops it: it accepts no more, lets the clients it has finish within the"
                    + " grace, prints how they ended, and exits 0.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  socketserver serve tcp://localhost:8080 --handler upper",
            "  socketserver serve tcp://*:0 --read-timeout 30s --verbose",
            "  socketserver serve tcp://*:0 --framing line --max-frame 1000",
            "  socketserver serve unixgram:/tmp/time.sock --handler time",
            "",
            "Exit status: 0 stopped by a signal, 1 the address cannot be bound, 2 wrong usage."
        })
final class Serve implements Callable<Integer> {

    private final Stdio stdio;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli, as are the parameters
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URI",
            description =
                    "Where to listen: tcp://host:port, udp://host:port, unix:/path or unixgram:/path. Port 0 picks"
                            + " a free one; the host * means every address of this machine. Options of the transport may"
                            + " follow, as in tcp://*:8080?reuse-port=true or unix:/run/app.sock?mode=660.")
    @SuppressWarnings("NullAway.Init")
    private String address;

    @Option(
            names = "--handler",
            paramLabel = "NAME",
            description =
                    "What to answer each chunk or datagram received: the time, it in upper case, or the same bytes."
                            + " One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private HandlerChoice handler = HandlerChoice.ECHO;

    @Option(
            names = "--framing",
            paramLabel = "NAME",
            description =
                    "What is a message in a stream, and so answered by one: none (whatever a read brings), line, length"
                            + " (four bytes before it), delimiter (a zero byte after it), delimiter:TEXT or fixed:N. Default: none."
                            + " A datagram is a message whatever this says.")
    private FramingChoice framing = FramingChoice.NONE;

    @Option(
            names = "--max-frame",
            paramLabel = "N",
            description = "How many bytes a message may have; who sends more is hung up on. Default: 65536.")
    private @Nullable Integer maxFrame;

    @Option(
            names = "--backlog",
            paramLabel = "N",
            description = "How many clients may wait to be accepted; streams only. Default: the transport's.")
    private @Nullable Integer backlog;

    @ArgGroup(exclusive = false, validate = false, heading = "%nConcurrency:%n")
    private ConcurrencyOptions concurrency = new ConcurrencyOptions();

    @ArgGroup(exclusive = false, validate = false, heading = "%nLimits:%n")
    private LimitOptions limits = new LimitOptions();

    @Option(
            names = "--drain-grace",
            paramLabel = "D",
            description = "How long clients may take to finish once told to stop. Default: 5s.")
    private Duration grace = Duration.ofSeconds(5);

    @Option(
            names = "--stats",
            paramLabel = "D",
            description = "Print a line of statistics each time so long has passed.")
    private @Nullable Duration stats;

    @Option(names = "--verbose", description = "Print a line to standard error for whatever happens to a client.")
    private boolean verbose;

    Serve(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() throws IOException {
        try (Served served = served()) {
            serve(bind(), served);
        }
        return 0;
    }

    // First of all, since it tells of options that cannot be.
    private Served served() {
        try {
            limits.limits();
            if (stats != null && stats.isZero()) {
                throw new IllegalArgumentException("--stats must be longer than nothing, such as 5s");
            }
            return concurrency.serve(handler, framing());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private FramingChoice framing() {
        Integer most = maxFrame;
        return most == null ? framing : Values.of("--max-frame", () -> framing.maxFrame(most));
    }

    private Endpoint<? extends Request> bind() throws IOException {
        try {
            URI uri = Address.parse(address);
            if (!Transports.isStream(uri)) {
                limits.forStreams().forEach((option, value) -> refuse(option, uri));
                if (backlog != null) {
                    refuse("--backlog", uri);
                }
            }
            return Transports.bind(backlog == null ? uri : Address.with(uri, "backlog", backlog));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void refuse(String option, URI uri) {
        throw new ParameterException(
                spec.commandLine(),
                "option '" + option + "' is for streams, and " + uri.getScheme() + ": has datagrams");
    }

    @SuppressWarnings("try") // the hook is there to be closed
    private <R extends Request> void serve(Endpoint<R> endpoint, Served chosen) throws IOException {
        Server<R> server = server(endpoint, chosen);
        try (ShutdownHook hook = SignalHook.install(server, grace, stdio)) {
            stdio.print("listening on " + server.uri());
            serve(server);
        }
        stdio.print(server.drain(grace).toString());
    }

    @SuppressWarnings("try")
    private void serve(Server<?> server) throws IOException {
        if (stats == null) {
            server.serve();
            return;
        }
        try (StatisticsLine line = new StatisticsLine(stats, server, stdio)) {
            server.serve();
        }
    }

    private <R extends Request> Server<R> server(Endpoint<R> endpoint, Served chosen) {
        ServerBuilder<R> builder = Server.on(endpoint).limits(limits.limits());
        if (verbose) {
            ConnectionLog log = new ConnectionLog(stdio.err());
            builder.observe(log).onError(log);
        }
        return chosen.complete(builder);
    }
}
