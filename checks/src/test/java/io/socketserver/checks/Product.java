package io.socketserver.checks;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the build made, and the tools of the JDK that this test runs on. */
final class Product {
    /** The published modules, by folder. */
    static final List<String> PUBLISHED =
            List.of("socket-api", "socket-testkit", "socket-tcp", "socket-udp", "socket-unix", "socket-concurrent");

    private static final Pattern LIBRARY = Pattern.compile(
            "(junit-|assertj-|opentest4j-|apiguardian-|byte-buddy-\\d|jqwik-|jspecify-|junixsocket-).*");

    private static final Path ROOT = Path.of(System.getProperty("checks.root"));
    private static final String VERSION = System.getProperty("checks.version");

    private Product() {}

    static Path checks() {
        return ROOT.resolve("checks");
    }

    static Path target(String module) {
        return ROOT.resolve(module.equals("time-server") ? "samples/time-server" : module)
                .resolve("target");
    }

    static Path jar(String module) {
        return jar(module, "");
    }

    /** The jar with the sources or the documentation, by its suffix. */
    static Path jar(String module, String suffix) {
        return target(module).resolve(module + "-" + VERSION + suffix + ".jar");
    }

    static ModuleDescriptor descriptor(String module) {
        return ModuleFinder.of(jar(module)).findAll().iterator().next().descriptor();
    }

    static Path image(String module) {
        return target(module).resolve("image");
    }

    /** Runs a tool of the JDK and returns what it printed; fails unless the tool succeeds. */
    static String tool(String name, List<String> arguments) {
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed);
        int status = ToolProvider.findFirst(name).orElseThrow().run(out, out, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new AssertionError(name + " " + arguments + " ended with " + status + ":\n" + printed);
        }
        return printed.toString();
    }

    /** The jars of junixsocket, which the optional part of socket-unix needs. */
    static List<String> junixsocket() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry).getFileName().toString().startsWith("junixsocket-"))
                .toList();
    }

    /** The jars on the module path of tests that a user may write, and of all that our modules require statically. */
    static String libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        LIBRARY.matcher(Path.of(entry).getFileName().toString()).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** All jars that a program may want, for the class path. */
    static List<String> classPath() {
        return Stream.concat(PUBLISHED.stream().map(module -> jar(module).toString()), junixsocket().stream())
                .toList();
    }

    /** Compiles a consumer's sources against some jars on the module path; a warning is an error. */
    static void compile(Path sources, String jars, Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("-Xlint:all", "-Werror", "--release", "17", "--module-path", jars, "-d", classes.toString()));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        tool("javac", arguments);
    }

    /** Runs the JVM that this test runs on; see {@link #run}. */
    static String java(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        return run(command);
    }

    /** Runs a program and returns what it printed; fails unless it exits 0 within half a minute. */
    static String run(List<String> command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile("printed", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            boolean ended = process.waitFor(30, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(command + (ended ? " exited with " + process.exitValue() : " did not end")
                        + ":\n" + Files.readString(printed));
            }
            return Files.readString(printed);
        } finally {
            Files.delete(printed);
        }
    }
}
