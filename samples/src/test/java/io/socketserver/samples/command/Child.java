package io.socketserver.samples.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Java program in a process of its own; killed at the end if it has not ended. */
final class Child implements AutoCloseable {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final String JUNIXSOCKET = "org.newsclub.net.unix";

    /** What no module requires, so that it is not on the module path of this JVM; found by a class of each jar. */
    private static final String UNNAMED = Stream.of(
                    "io.socketserver.unix.Unix",
                    "org.newsclub.net.unix.AFSocket",
                    "org.newsclub.lib.junixsocket.common.NarMetadata")
            .map(Child::jarOf)
            .collect(Collectors.joining(File.pathSeparator));

    private final Process process;
    private final BufferedReader out;

    private Child(Process process) {
        this.process = process;
        this.out = process.inputReader(UTF_8);
    }

    /** Runs the command as its image does, from the modules that this JVM was started with. */
    static Child socketserver(String... args) throws IOException {
        return module("io.socketserver.samples.command.Main", args);
    }

    /** The same, with so many descriptors at most. */
    static Child socketserverWithDescriptors(int most, String... args) throws IOException {
        List<String> shell = List.of("sh", "-c", "ulimit -n " + most + " && exec \"$@\"", "sh");
        return start(shell, moduleOptions("io.socketserver.samples.command.Main"), args);
    }

    /** The same, with options of the JVM. */
    static Child socketserverWithOptions(List<String> jvm, String... args) throws IOException {
        List<String> options = new ArrayList<>(jvm);
        options.addAll(moduleOptions("io.socketserver.samples.command.Main"));
        return start(List.of(), options, args);
    }

    /** Runs a program of this module. */
    static Child module(String program, String... args) throws IOException {
        return start(List.of(), moduleOptions(program), args);
    }

    private static List<String> moduleOptions(String program) {
        return List.of(
                "-p",
                modulePath() + File.pathSeparator + UNNAMED,
                "--add-modules=" + JUNIXSOCKET + ",com.kohlschutter.junixsocket.nativecommon",
                "--enable-native-access=" + JUNIXSOCKET,
                "-m",
                "io.socketserver.samples/" + program);
    }

    /** Runs a program among the tests. */
    static Child ofTests(Class<?> program, String... args) throws IOException {
        String classPath = folderOf(program) + File.pathSeparator + modulePath();
        return start(List.of(), List.of("-cp", classPath, program.getName()), args);
    }

    private static Child start(List<String> prefix, List<String> options, String... args) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(JAVA, "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(Arrays.asList(args));
        return new Child(new ProcessBuilder(command).start());
    }

    // Without modules everything is on the class path, which serves as well.
    private static String modulePath() {
        return System.getProperty("jdk.module.path", System.getProperty("java.class.path"));
    }

    private static String jarOf(String name) {
        try {
            Class<?> found = Class.forName(name, false, Child.class.getClassLoader());
            return Path.of(found.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String folderOf(Class<?> program) {
        String file = program.getName().replace('.', '/') + ".class";
        String uri = String.valueOf(program.getResource("/" + file));
        return Path.of(URI.create(uri.substring(0, uri.length() - file.length())))
                .toString();
    }

    String nextLine() throws IOException {
        return out.readLine();
    }

    URI listeningOn() throws IOException {
        String line = nextLine();
        String beginning = "listening on ";
        if (line == null || !line.startsWith(beginning)) {
            throw new AssertionError(
                    "expected '" + beginning + "URI', not '" + line + "'; standard error: " + errors());
        }
        return URI.create(line.substring(beginning.length()));
    }

    void type(String text) throws IOException {
        process.outputWriter(UTF_8).append(text).close();
    }

    void closeOutputs() throws IOException {
        process.getInputStream().close();
        process.getErrorStream().close();
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    int status() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after 30 s");
        }
        return process.exitValue();
    }

    /** How long it has kept processors busy so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** A number that Linux tells of it, such as {@code Threads} or {@code VmRSS}, which is in KiB. */
    long status(String name) throws IOException {
        return Long.parseLong(told(name).orElseThrow().replace("kB", "").strip());
    }

    /** Whether it ignores INT, as a shell has all do that it starts in the background; known on Linux only. */
    boolean ignoresInt() throws IOException {
        return told("SigIgn")
                .map(mask -> (Long.parseUnsignedLong(mask, 16) & 0b10) != 0)
                .orElse(false);
    }

    private Optional<String> told(String name) throws IOException {
        Path file = Path.of("/proc", String.valueOf(process.pid()), "status");
        String beginning = name + ":";
        return (Files.exists(file) ? Files.readAllLines(file) : List.<String>of())
                .stream()
                        .filter(line -> line.startsWith(beginning))
                        .map(line -> line.substring(beginning.length()).strip())
                        .findFirst();
    }

    String errors() {
        try {
            return new String(process.getErrorStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
