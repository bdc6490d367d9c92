package io.socketserver.samples.command;

import io.socketserver.api.Dispatcher;
import io.socketserver.api.Request;
import io.socketserver.concurrent.ProcessHandler;
import io.socketserver.concurrent.ProcessOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of {@code serve} that tell how several clients are served at once. */
final class ConcurrencyOptions {

    @Option(
            names = "--concurrency",
            paramLabel = "NAME",
            description =
                    "One client or datagram after the other; a thread, a virtual thread (Java 21) or a process for each;"
                            + " or a pool of threads. One of: ${COMPLETION-CANDIDATES}. Default: threads.")
    private Concurrency concurrency = Concurrency.THREADS;

    @Option(names = "--pool-size", paramLabel = "N", description = "How many threads the pool has. Default: 16.")
    private int poolSize = 16;

    @Option(
            names = "--max-children",
            paramLabel = "N",
            description = "How many processes there are at once; more clients wait. Default: 40.")
    private int maxChildren = 40;

    @Option(
            names = "--spares",
            paramLabel = "N",
            description = "How many processes are started before there is a client for them. Default: 0.")
    private int spares;

    /** Throws IllegalArgumentException if an option is out of its range, or the runtime has no such threads. */
    Dispatcher dispatcher() {
        try {
            return concurrency.dispatcher(poolSize);
        } catch (UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    "--concurrency " + concurrency + " needs Java 21 or later, and this is "
                            + Runtime.version().feature() + ": try threads or pool",
                    e);
        }
    }

    /** The handler, closed when the server has ended. */
    Served handler(HandlerChoice choice, FramingChoice framing) {
        if (concurrency != Concurrency.PROCESS) {
            return new Served(choice.handler(framing), () -> {});
        }
        List<String> jvm = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        jvm.addAll(HandlerChoice.options(framing));
        ProcessOptions options = ProcessOptions.defaults()
                .maxChildren(maxChildren)
                .spares(spares)
                .jvmOptions(jvm.toArray(String[]::new));
        ProcessHandler<Request> children = ProcessHandler.running(choice.type(), options);
        return new Served(children, children::close);
    }
}
