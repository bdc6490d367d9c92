package io.socketserver.samples.command;

import io.socketserver.api.Dispatcher;
import io.socketserver.api.Request;
import io.socketserver.concurrent.Dispatchers;
import io.socketserver.concurrent.EventLoopOptions;
import io.socketserver.concurrent.ProcessHandler;
import io.socketserver.concurrent.ProcessOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code serve} that tell how several clients are served at once. */
final class ConcurrencyOptions {

    private static final int POOL_SIZE = 16;

    @Option(
            names = "--concurrency",
            paramLabel = "NAME",
            description =
                    "One client or datagram after the other; a thread, a virtual thread (Java 21) or a process for each;"
                            + " a pool of threads; or an event loop, few threads for all. One of: ${COMPLETION-CANDIDATES}. Default: threads.")
    private Concurrency concurrency = Concurrency.THREADS;

    @Option(names = "--pool-size", paramLabel = "N", description = "How many threads the pool has. Default: 16.")
    private @Nullable Integer poolSize;

    @Option(
            names = "--loops",
            paramLabel = "N",
            description = "How many threads the event loop has. Default: as many as there are processors.")
    private @Nullable Integer loops;

    @Option(
            names = "--max-children",
            paramLabel = "N",
            description = "How many processes there are at once; more clients wait. Default: 40.")
    private @Nullable Integer maxChildren;

    @Option(
            names = "--spares",
            paramLabel = "N",
            description = "How many processes are started before there is a client for them. Default: 0.")
    private @Nullable Integer spares;

    /** Throws IllegalArgumentException if an option is out of its range, or the runtime has no such threads. */
    Served serve(HandlerChoice choice, FramingChoice framing) {
        refuseOthers();
        return switch (concurrency) {
            case SEQUENTIAL -> requests(Dispatcher.sequential(), choice, framing);
            case THREADS -> requests(Dispatchers.threads(), choice, framing);
            case VIRTUAL -> requests(virtualThreads(), choice, framing);
            case POOL -> requests(pool(), choice, framing);
            case PROCESS -> processes(choice, framing);
            case EVENT_LOOP -> new Served.Messages(Dispatchers.eventLoop(loops()), choice.messages(framing));
        };
    }

    // Whoever sets one of these means another strategy.
    private void refuseOthers() {
        refuseBut(Concurrency.POOL, "--pool-size", poolSize);
        refuseBut(Concurrency.EVENT_LOOP, "--loops", loops);
        refuseBut(Concurrency.PROCESS, "--max-children", maxChildren);
        refuseBut(Concurrency.PROCESS, "--spares", spares);
    }

    private void refuseBut(Concurrency owner, String option, @Nullable Integer value) {
        if (value != null && concurrency != owner) {
            throw new IllegalArgumentException("option '" + option + "' is for --concurrency " + owner
                    + ", and this is --concurrency " + concurrency);
        }
    }

    private Dispatcher pool() {
        int size = poolSize == null ? POOL_SIZE : poolSize;
        return Values.of("--pool-size", () -> Dispatchers.pool(size));
    }

    private EventLoopOptions loops() {
        Integer count = loops;
        return count == null ? EventLoopOptions.perCore() : Values.of("--loops", () -> EventLoopOptions.of(count));
    }

    private static Served requests(Dispatcher strategy, HandlerChoice choice, FramingChoice framing) {
        return new Served.Requests(strategy, choice.handler(framing), () -> {});
    }

    private Dispatcher virtualThreads() {
        try {
            return Dispatchers.virtualThreads();
        } catch (UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    "--concurrency " + concurrency + " needs Java 21 or later, and this is "
                            + Runtime.version().feature() + ": try threads or pool",
                    e);
        }
    }

    private Served processes(HandlerChoice choice, FramingChoice framing) {
        List<String> jvm = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        jvm.addAll(HandlerChoice.options(framing));
        ProcessOptions options =
                Values.with(ProcessOptions.defaults(), "--max-children", maxChildren, ProcessOptions::maxChildren);
        options =
                Values.with(options, "--spares", spares, ProcessOptions::spares).jvmOptions(jvm.toArray(String[]::new));
        ProcessHandler<Request> children = ProcessHandler.running(choice.type(), options);
        // A thread for each child waits for it.
        return new Served.Requests(Dispatchers.threads(), children, children::close);
    }
}
