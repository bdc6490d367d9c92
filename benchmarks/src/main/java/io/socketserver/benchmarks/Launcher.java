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

    // A processor alone gets no other collector anyway.
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xmx512m", "-XX:+IgnoreUnrecognizedVMOptions");

    private static final List<String> SPEED = List.of("-Xms512m");

    // Next to no young generation, where what connections hold could lie in memory that was resident before; a
    // collection gives back what the old one does not need; and no compiler that takes megabytes at any moment.
    private static final List<String> MEMORY = List.of(
            "-Xms2m",
            "-Xmn1m",
            "-XX:MinHeapFreeRatio=5",
            "-XX:MaxHeapFreeRatio=10",
            "-XX:-ShrinkHeapInSteps",
            "-XX:TieredStopAtLevel=1");

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
        String obstacle = switch (program.needs()) {
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
        switch (program.needs()) {
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
        command.addAll(work.isIdle() ? MEMORY : SPEED);
        if (program.needs() == Program.Needs.NETTY || program.needs() == Program.Needs.NETTY_EPOLL) {
            command.addAll(NETTY);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    }
}
