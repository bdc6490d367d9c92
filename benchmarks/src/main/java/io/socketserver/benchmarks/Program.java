package io.socketserver.benchmarks;

import java.util.List;
import java.util.function.Predicate;

/**
 * A server that takes part.
 *
 * @param key on the command line
 * @param title in tables
 * @param ours whether it is of this project
 * @param runtime what it needs
 * @param does the work that it can do
 * @param command how it is started, for a piece of work, at a place
 */
record Program(String key, String title, boolean ours, Runtime runtime, Predicate<Work> does, CommandLine command) {

    /** What a program runs on. */
    enum Runtime {
        JAVA,
        JAVA_21,
        NETTY,
        NETTY_EPOLL,
        PYTHON,
        NATIVE
    }

    /** The arguments of a program. */
    @FunctionalInterface
    interface CommandLine {
        List<String> of(Work work, String place);
    }

    static final String LOOP = "loop";
    static final String VIRTUAL = "virtual";

    static final List<Program> ALL = List.of(
            sdk(LOOP, "SDK, event loop", Runtime.JAVA, work -> true),
            sdk(
                    VIRTUAL,
                    "SDK, virtual threads",
                    Runtime.JAVA_21,
                    work -> !work.place().equals("udp")),
            sdk("limits", "SDK, virtual threads, server's limits", Runtime.JAVA_21, Program::isEcho),
            sdk("timeouts", "SDK, virtual threads, time-outs", Runtime.JAVA_21, Program::isEcho),
            netty("epoll", "Netty epoll", "none", work -> !work.isLines()),
            netty("epoll", "Netty epoll, slices", "slices", Work::isLines),
            netty("epoll", "Netty epoll, copies", "copies", Work::isLines),
            netty("nio", "Netty NIO", "none", work -> !work.isLines()),
            netty("nio", "Netty NIO, slices", "slices", Work::isLines),
            netty("nio", "Netty NIO, copies", "copies", Work::isLines),
            new Program(
                    "bare",
                    "JDK, virtual threads",
                    false,
                    Runtime.JAVA_21,
                    work -> !work.isLines(),
                    (work, place) -> List.of("BareServer", place, Integer.toString(work.buffer()))),
            // So many threads are more than it can be asked for.
            new Program(
                    "python",
                    "Python socketserver",
                    false,
                    Runtime.PYTHON,
                    work -> work.connections() <= 1_000,
                    (work, place) -> List.of(place, work.framing())),
            new Program(
                    "c",
                    "C, epoll",
                    false,
                    Runtime.NATIVE,
                    work -> true,
                    (work, place) -> List.of(place, work.framing())));

    private static boolean isEcho(Work work) {
        return work.place().equals("tcp") && !work.isLines();
    }

    private static Program sdk(String strategy, String title, Runtime runtime, Predicate<Work> does) {
        return new Program(
                strategy,
                title,
                true,
                runtime,
                does,
                (work, place) ->
                        List.of("SdkServer", strategy, place, work.framing(), Integer.toString(work.buffer())));
    }

    private static Program netty(String transport, String title, String framing, Predicate<Work> does) {
        Runtime runtime = transport.equals("epoll") ? Runtime.NETTY_EPOLL : Runtime.NETTY;
        return new Program(
                transport,
                title,
                false,
                runtime,
                does,
                (work, place) -> List.of("NettyServer", transport, place, framing));
    }
}
