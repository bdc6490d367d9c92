package io.socketserver.unix;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketserver.api.Server;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that runs a program of one source file with the modules of this product, and with no others but those named. */
final class Child {
    private Child() {}

    /** The command of a JVM whose module path has this module, its api, and what is added. */
    static List<String> java(Path folder, List<Path> added, List<String> options, String source) throws IOException {
        List<String> path = new ArrayList<>();
        path.add(Path.of("target", "classes").toAbsolutePath().toString());
        path.add(place(Server.class).toString());
        added.forEach(each -> path.add(each.toString()));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xshare:auto", "-p", String.join(File.pathSeparator, path)));
        command.addAll(options);
        command.add(Files.writeString(folder.resolve("Main.java"), source).toString());
        return command;
    }

    /** The jar or folder that a class comes from. */
    static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** What a program prints on both streams; fails unless it succeeds. */
    static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new AssertionError(command + " exited with " + status + ":\n" + printed);
        }
        return printed;
    }
}
