package io.socketserver.benchmarks;

import java.util.List;
import java.util.function.Predicate;

/**
 * A server that takes part.
 *
 * @param key on the command line
 * @param title in tables
 * @param ours whether it is of this project
 * @param needs what has to be there for it
 * @param does the work that it can do
 * @param command how it is started, for a piece of work, at a place
 */
record Program(String key, String title, boolean ours, Needs needs, Predicate<Work> does, CommandLine command) {

    /** What a program cannot do without. */
    enum Needs {
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
            sdk(LOOP, "SDK, event loop", Needs.JAVA, work -> true),
            sdk(
                    VIRTUAL,
                    "SDK, virtual threads",
                    Needs.JAVA_21,
                    work -> !work.place().equals("udp")),
            sdk("limits", "SDK, virtual threads, server's limits", Needs.JAVA_21, Program::isEcho),
            sdk("timeouts", "SDK, virtual threads, time-outs", Needs.JAVA_21, Program::isEcho),
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
                    Needs.JAVA_21,
                    work -> !work.isLines(),
                    (work, place) -> List.of("BareServer", place, Integer.toString(work.buffer()))),
            // So many threads are more than it can be asked for.
            new Program(
                    "python",
                    "Python socketserver",
                    false,
                    Needs.PYTHON,
                    work -> work.connections() <= 1_000,
                    (work, place) -> List.of(place, work.framing())),
            new Program(
                    "c",
                    "C, epoll",
                    false,
                    Needs.NATIVE,
                    work -> true,
                    (work, place) -> List.of(place, work.framing())));

    boolean isJava() {
        return needs != Needs.PYTHON && needs != Needs.NATIVE;
    }

    private static boolean isEcho(Work work) {
        return work.place().equals("tcp") && !work.isLines();
    }

    private static Program sdk(String strategy, String title, Needs needs, Predicate<Work> does) {
        return new Program(
                strategy,
                title,
                true,
                needs,
                does,
                (work, place) ->
                        List.of("SdkServer", strategy, place, work.framing(), Integer.toString(work.buffer())));
    }

    private static Program netty(String transport, String title, String framing, Predicate<Work> does) {
        Needs needs = transport.equals("epoll") ? Needs.NETTY_EPOLL : Needs.NETTY;
        return new Program(
                transport,
                title,
                false,
                needs,
                does,
                (work, place) -> List.of("NettyServer", transport, place, framing));
    }
}
