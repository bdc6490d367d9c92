package io.socketserver.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Starts servers, all Java ones on the JDK that runs this, with the same options. */
final class Launcher {

    private static final List<String> JVM = List.of(
            // A processor alone gets no other collector anyway.
            "-XX:+UseSerialGC", "-Xms512m", "-Xmx512m", "-XX:+IgnoreUnrecognizedVMOptions");

    // What is young is in the resident memory from the warm-up on, so that what grows is what connections hold.
    private static final List<String> SMALL_YOUNG_GENERATION = List.of("-Xmn8m");

    private static final List<String> NETTY = List.of(
            "-Dio.netty.allocator.type=pooled",
            "-Dio.netty.leakDetection.level=disabled",
            "-Dio.netty.noUnsafe=false",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED");

    private final Machine machine;
    private final Tools tools;
    private final Path folder;

    /** Leaves its files in that folder. */
    Launcher(Machine machine, Tools tools, Path folder) {
        this.machine = machine;
        this.tools = tools;
        this.folder = folder;
    }

    /** Why a program cannot take part on this machine, if it cannot. */
    Optional<String> obstacle(Program program) {
        String obstacle = switch (program.runtime()) {
            case JAVA, NETTY -> "";
            case JAVA_21 -> Runtime.version().feature() < 21 ? "virtual threads need Java 21" : "";
            case NETTY_EPOLL -> isLinux() ? "" : "epoll needs Linux";
            case PYTHON -> Machine.has("python3") ? "" : "there is no python3";
            case NATIVE -> isLinux() ? "" : "epoll needs Linux";
        };
        return Optional.of(obstacle).filter(text -> !text.isEmpty());
    }

    private static boolean isLinux() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    }

    ServerProcess start(Program program, Work work) throws IOException {
        Files.createDirectories(folder);
        String place = place(work);
        List<String> command = machine.onServersProcessor(command(program, work, place));
        return ServerProcess.start(command, place, folder.resolve(program.key() + ".log"));
    }

    private String place(Work work) throws IOException {
        if (!work.place().equals("unix")) {
            return work.place();
        }
        Path socket = folder.resolve("echo.sock");
        Files.deleteIfExists(socket);
        return "unix:" + socket;
    }

    private List<String> command(Program program, Work work, String place) {
        List<String> own = program.command().of(work, place);
        List<String> command = new ArrayList<>();
        switch (program.runtime()) {
            case PYTHON -> command.addAll(List.of("python3", tools.source("python", "echo.py")));
            case NATIVE -> command.add(tools.program("echo"));
            default -> {
                addJvm(command, program, work);
                command.add(getClass().getPackageName() + ".servers." + own.get(0));
                own = own.subList(1, own.size());
            }
        }
        command.addAll(own);
        return command;
    }

    private static void addJvm(List<String> command, Program program, Work work) {
        command.add(Machine.java().toString());
        command.addAll(JVM);
        if (work.isIdle()) {
            command.addAll(SMALL_YOUNG_GENERATION);
        }
        if (program.runtime() == Program.Runtime.NETTY || program.runtime() == Program.Runtime.NETTY_EPOLL) {
            command.addAll(NETTY);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    }
}
